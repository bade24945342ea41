package io.thingport.platform.transfer;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.thingport.platform.registry.Authentication;
import io.thingport.platform.registry.DynamicRegistration;
import io.thingport.platform.registry.FleetLine;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.FleetLine.ProductLine;
import io.thingport.platform.registry.FleetLine.TopicClassLine;
import io.thingport.platform.registry.Operation;
import io.thingport.platform.registry.RegistryException;
import io.thingport.platform.registry.RegistryProblem;
import io.thingport.platform.secrets.Secret;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a fleet's file: CSV [RFC 4180] in UTF-8, with or without a byte order mark, with a header. Holds one line in memory.
 * Not thread-safe.
 */
final class FleetReader implements Closeable {

    private static final int FIELD_MAXIMUM = 1000;
    private static final int LINE_MAXIMUM = 8000;
    private static final int BUFFER_MAXIMUM = 64 * 1024;
    private static final char UNREADABLE = '\uFFFD'; // in the place of what is not UTF-8

    private static final SortedMap<String, DynamicRegistration> REGISTRATIONS = new TreeMap<>();

    static {
        for (DynamicRegistration registration : DynamicRegistration.values()) {
            REGISTRATIONS.put(word(registration), registration);
        }
    }

    private final CsvReader<CsvRecord> csv;
    private final Iterator<CsvRecord> records;
    private final List<Column> header;
    private long lastLine;

    /**
     * A line of the file.
     *
     * @param number  where it begins; the header is line 1
     * @param content empty when the line makes no sense
     * @param problem why it makes none, else empty
     */
    record Line(long number, Optional<FleetLine> content, String problem) {
    }

    /**
     * Reads the header.
     *
     * @param in UTF-8; closed with the reader
     * @throws RegistryException {@link RegistryProblem#INVALID_IMPORT} when there is no header of known columns
     */
    static FleetReader open(InputStream in) throws IOException {
        try {
            return new FleetReader(in);
        } catch (RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private FleetReader(InputStream in) {
        csv = CsvReader.builder().detectBomHeader(true).allowExtraFields(true).allowMissingFields(true)
                .maxBufferSize(BUFFER_MAXIMUM)
                .build(CsvRecordHandler.builder().maxFields(100).maxFieldSize(FIELD_MAXIMUM).maxRecordSize(LINE_MAXIMUM)
                        .build(), in, StandardCharsets.UTF_8);
        records = csv.iterator();
        header = header(record().orElseThrow(() -> invalid("the file is empty")));
    }

    /**
     * The next line; empty at the end of the file. After an exception there is none.
     *
     * @throws RegistryException {@link RegistryProblem#INVALID_IMPORT} from where on the file is no CSV
     */
    Optional<Line> next() {
        return record().map(this::line);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private Optional<CsvRecord> record() {
        try {
            Optional<CsvRecord> record = records.hasNext() ? Optional.of(records.next()) : Optional.empty();
            record.ifPresent(r -> lastLine = r.getStartingLineNumber());
            return record;
        } catch (CsvParseException e) { // its message shows what stands there
            throw invalid("after line " + lastLine + " the file is no CSV: a quote is not closed, something follows a "
                    + "closing quote, or a line has more than " + LINE_MAXIMUM + " characters");
        }
    }

    /** Tells wrong columns by their number: a file without a header has a secret there. */
    private static List<Column> header(CsvRecord record) {
        List<Column> columns = new ArrayList<>();
        for (String title : record.getFields()) {
            Column column = Column.titled(title).orElseThrow(() -> invalid("column " + (columns.size() + 1)
                    + " of the header is unknown; known are " + Column.titles()));
            if (columns.contains(column)) {
                throw invalid("the header has the column " + column.title() + " twice");
            }
            columns.add(column);
        }
        if (!columns.contains(Column.PRODUCT_KEY)) {
            throw invalid("the header has no column productKey");
        }
        return columns;
    }

    private Line line(CsvRecord record) {
        try {
            return new Line(record.getStartingLineNumber(), Optional.of(content(cells(record))), "");
        } catch (WrongLineException e) {
            return new Line(record.getStartingLineNumber(), Optional.empty(), e.getMessage());
        }
    }

    private Cells cells(CsvRecord record) {
        if (record.getFieldCount() != header.size()) {
            throw new WrongLineException("the line has " + record.getFieldCount() + " columns, the header has "
                    + header.size());
        }
        Map<Column, String> cells = new EnumMap<>(Column.class);
        for (int i = 0; i < header.size(); i++) {
            String cell = record.getField(i);
            if (cell.indexOf(UNREADABLE) >= 0) {
                throw new WrongLineException(header.get(i).title() + ": not UTF-8");
            }
            if (!cell.isEmpty()) {
                cells.put(header.get(i), cell);
            }
        }
        return new Cells(cells);
    }

    private static FleetLine content(Cells cells) {
        String productKey = cells.needed(Column.PRODUCT_KEY);
        return switch (cells.word(Column.TYPE, "device", "product", "topic-class", "device")) {
            case "product" -> new ProductLine(productKey, cells.take(Column.PRODUCT_SECRET).map(Secret::of),
                    cells.take(Column.NAME), cells.take(Column.DESCRIPTION),
                    cells.word(Column.TOPIC_CLASSES, "default", "default", "listed").equals("default"),
                    cells.take(Column.DYNAMIC_REGISTRATION).isEmpty() ? Optional.empty()
                            : Optional.of(REGISTRATIONS.get(cells.word(Column.DYNAMIC_REGISTRATION, "",
                                    REGISTRATIONS.keySet().toArray(String[]::new)))),
                    cells.take(Column.AUTHENTICATION).isEmpty() ? Optional.empty()
                            : Optional.of(Authentication.valueOf(
                                    cells.word(Column.AUTHENTICATION, "", "secret", "x509").toUpperCase(Locale.ROOT))));
            case "topic-class" -> new TopicClassLine(productKey, cells.needed(Column.SUFFIX),
                    Operation.valueOf(cells.word(Column.OPERATION, "", "PUB", "SUB", "ALL")),
                    cells.take(Column.DESCRIPTION));
            default -> new DeviceLine(productKey, cells.needed(Column.DEVICE_NAME),
                    cells.take(Column.DEVICE_SECRET).map(Secret::of), cells.take(Column.NICKNAME),
                    cells.take(Column.STATE).isEmpty() ? Optional.empty()
                            : Optional.of(cells.word(Column.STATE, "", "enabled", "disabled").equals("enabled")));
        };
    }

    /** As the file has it: {@code pre-registered}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static RegistryException invalid(String message) {
        return new RegistryException(RegistryProblem.INVALID_IMPORT, message);
    }

    /** What stands in a line; empty cells are left out. */
    private record Cells(Map<Column, String> cells) {

        Optional<String> take(Column column) {
            return Optional.ofNullable(cells.get(column));
        }

        String needed(Column column) {
            return take(column).orElseThrow(() -> new WrongLineException(column.title() + ": is missing"));
        }

        /** One of some words; the usual one when the cell is empty and there is a usual one. */
        String word(Column column, String usual, String... words) {
            String word = usual.isEmpty() ? needed(column) : take(column).orElse(usual);
            return Stream.of(words).filter(word::equals).findFirst().orElseThrow(() -> new WrongLineException(
                    column.title() + ": has to be one of " + String.join(", ", words)));
        }
    }

    /** A line makes no sense. */
    private static final class WrongLineException extends RuntimeException {
        WrongLineException(String reason) {
            super(reason, null, false, false);
        }
    }
}
