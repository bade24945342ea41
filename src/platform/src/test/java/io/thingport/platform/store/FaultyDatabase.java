package io.thingport.platform.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database that fails where a test wants it to, and remembers what was done. */
final class FaultyDatabase {

    /** Called at each point; throws to fail there. */
    interface Fault {
        void at(String point) throws SQLException;
    }

    static final Fault NONE = point -> { };
    static final String OPEN = "open";
    static final String COMMIT = "commit";
    static final String COMMITTED = "committed";

    private final DataSource database;
    private final List<String> done = new CopyOnWriteArrayList<>();
    private volatile Fault fault = NONE;

    FaultyDatabase(DataSource database) {
        this.database = database;
    }

    /** Fails as often as given at a point with an SQLState, and not any more. */
    static Fault times(int times, String point, String state) {
        AtomicInteger left = new AtomicInteger(times);
        return at -> {
            if (at.startsWith(point) && left.getAndDecrement() > 0) {
                throw new SQLException("by the test", state);
            }
        };
    }

    /** Fails at a point for ever. */
    static Fault always(String point, String state) {
        return times(Integer.MAX_VALUE, point, state);
    }

    void fails(Fault how) {
        fault = how;
    }

    /** The SQL of what was executed, and commits, in their order. */
    List<String> done() {
        return done;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                fault.at(OPEN);
                return connection(database.getConnection());
            }
            return method.invoke(database, arguments);
        });
    }

    private Connection connection(Connection real) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                fault.at(COMMIT);
                real.commit();
                done.add(COMMIT);
                fault.at(COMMITTED);
                return null;
            }
            Object result = method.invoke(real, arguments);
            return result instanceof PreparedStatement prepared ? statement(prepared, (String) arguments[0]) : result;
        });
    }

    private PreparedStatement statement(PreparedStatement real, String sql) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                fault.at(sql);
                done.add(sql);
            }
            return method.invoke(real, arguments);
        });
    }

    private interface Call {
        Object answer(Method method, Object[] arguments) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> {
                    try {
                        return call.answer(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
