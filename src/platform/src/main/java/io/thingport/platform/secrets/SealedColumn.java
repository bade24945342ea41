package io.thingport.platform.secrets;

/** Every column of the database that holds sealed secrets. */
public enum SealedColumn {

    DEVICE_SECRET("device", "id", 0L, "secret", "'device:' || product_key || '/' || device_name"),
    DEVICE_PREVIOUS_SECRET("device", "id", 0L, "previous_secret", "'device:' || product_key || '/' || device_name"),
    PRODUCT_SECRET("product", "id", 0L, "secret", "'product:' || product_key"),
    ACCESS_KEY_SECRET("access_key", "access_key_id", "", "secret", "'access-key:' || access_key_id"),
    ACCESS_KEY_PREVIOUS_SECRET("access_key", "access_key_id", "", "previous_secret", "'access-key:' || access_key_id");

    private final Object start;
    private final String count;
    private final String page;
    private final String replace;

    /**
     * @param id    the primary key
     * @param start what every id is greater than
     * @param owner SQL for whom a row's secret is sealed
     */
    SealedColumn(String table, String id, Object start, String column, String owner) {
        this.start = start;
        String version = "substring(" + column + " from 1 for position(':' in " + column + ") - 1)";
        this.count = "select " + version + ", count(*) from " + table + " where " + column + " is not null group by " + version;
        this.page = "select " + id + ", " + owner + ", " + column + " from " + table
                + " where " + column + " is not null and " + id + " > ? order by " + id + " limit ?";
        this.replace = "update " + table + " set " + column + " = ? where " + id + " = ? and " + column + " = ?";
    }

    /** What a walk through the rows begins after. */
    Object start() {
        return start;
    }

    /** Counts by version. */
    String count() {
        return count;
    }

    /** Id, owner and sealed secret of the rows after an id, in the order of the ids, up to a limit. */
    String page() {
        return page;
    }

    /** Puts a sealed secret in the place of another, unless that has changed meanwhile: new, id, old. */
    String replace() {
        return replace;
    }
}
