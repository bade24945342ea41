package io.thingport.platform.start;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A database as a server sees it that is killed after some statements: none is executed any more, and what was not
 * committed is gone.
 */
final class DyingDatabase {

    private final DataSource database;
    private final AtomicInteger left;

    /** @param statements how many are still executed */
    DyingDatabase(DataSource database, int statements) {
        this.database = database;
        this.left = new AtomicInteger(statements);
    }

    boolean isDead() {
        return left.get() < 0;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, database);
    }

    private <T> T proxy(Class<T> type, Object real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> call(real, method, arguments)));
    }

    private Object call(Object real, Method method, Object[] arguments) throws Throwable {
        boolean executes = method.getName().startsWith("execute");
        if (executes && left.decrementAndGet() < 0 || isDead() && method.getName().equals("commit")) {
            throw new SQLException("killed by the test", "08006");
        }
        try {
            Object result = method.invoke(real, arguments);
            if (result instanceof Connection || result instanceof Statement) {
                return proxy((Class<?>) method.getReturnType(), result);
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
