package io.thingport.web.openapi;

/** Which page of a list: {@code CurrentPage}, from 1, and {@code PageSize}. */
record PageRequest(int number, int size) {

    private static final int SIZE_DEFAULT = 10;

    /** One that may be absent: the first page, of 10. */
    static PageRequest optional(Invocation in, int sizeMaximum) {
        return checked(in.integer("CurrentPage", IotError.INVALID_PAGE_PARAMS).orElse(1),
                in.integer("PageSize", IotError.INVALID_PAGE_PARAMS).orElse(SIZE_DEFAULT), sizeMaximum);
    }

    static PageRequest required(Invocation in, int sizeMaximum) {
        return checked(in.integer("CurrentPage", IotError.INVALID_PAGE_PARAMS).orElse(0),
                in.integer("PageSize", IotError.INVALID_PAGE_PARAMS).orElse(0), sizeMaximum);
    }

    private static PageRequest checked(int number, int size, int sizeMaximum) {
        if (number < 1 || size < 1 || size > sizeMaximum) {
            throw new IotException(IotError.INVALID_PAGE_PARAMS,
                    "CurrentPage begins with 1, PageSize is 1 to " + sizeMaximum);
        }
        return new PageRequest(number, size);
    }
}
