package io.thingport.platform.transfer;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.thingport.platform.registry.FleetExport;
import io.thingport.platform.registry.FleetExport.DevicePage;
import io.thingport.platform.registry.FleetLine;
import io.thingport.platform.registry.FleetLine.DeviceLine;
import io.thingport.platform.registry.FleetLine.ProductLine;
import io.thingport.platform.registry.FleetLine.TopicClassLine;
import io.thingport.platform.secrets.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a fleet's file as {@link FleetReader} reads it. Reads part by part: what changes meanwhile may be in it or not.
 */
final class FleetWriter {

    private final FleetExport export;
    private final boolean secrets;
    private final List<Column> columns;

    /** @param secrets whether the file is to have the columns of the secrets */
    FleetWriter(FleetExport export, boolean secrets) {
        this.export = export;
        this.secrets = secrets;
        this.columns = Arrays.stream(Column.values())
                .filter(column -> secrets || column != Column.PRODUCT_SECRET && column != Column.DEVICE_SECRET).toList();
    }

    /**
     * Writes products with their topic classes and devices.
     *
     * @param out left open
     */
    void write(List<String> productKeys, OutputStream out) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, StandardCharsets.UTF_8);
        csv.writeRecord(columns.stream().map(Column::title).toList());
        for (String productKey : productKeys) {
            export.product(productKey, secrets).forEach(line -> write(line, csv));
            Optional<Long> next = Optional.of(0L);
            while (next.isPresent()) {
                DevicePage page = export.devices(productKey, next.get(), secrets);
                page.lines().forEach(line -> write(line, csv));
                next = page.next();
            }
        }
        csv.flush();
    }

    private void write(FleetLine line, CsvWriter csv) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        cells.put(Column.PRODUCT_KEY, line.productKey());
        if (line instanceof ProductLine product) {
            cells.put(Column.TYPE, "product");
            product.secret().map(Secret::reveal).ifPresent(secret -> cells.put(Column.PRODUCT_SECRET, secret));
            product.name().ifPresent(name -> cells.put(Column.NAME, name));
            product.description().ifPresent(description -> cells.put(Column.DESCRIPTION, description));
            cells.put(Column.TOPIC_CLASSES, product.defaultClasses() ? "default" : "listed");
            product.registration().ifPresent(registration ->
                    cells.put(Column.DYNAMIC_REGISTRATION, FleetReader.word(registration)));
            product.authentication().ifPresent(authentication ->
                    cells.put(Column.AUTHENTICATION, FleetReader.word(authentication)));
        } else if (line instanceof TopicClassLine topicClass) {
            cells.put(Column.TYPE, "topic-class");
            cells.put(Column.SUFFIX, topicClass.suffix());
            cells.put(Column.OPERATION, topicClass.operation().name());
            topicClass.description().ifPresent(description -> cells.put(Column.DESCRIPTION, description));
        } else if (line instanceof DeviceLine device) {
            cells.put(Column.TYPE, "device");
            cells.put(Column.DEVICE_NAME, device.deviceName());
            device.secret().map(Secret::reveal).ifPresent(secret -> cells.put(Column.DEVICE_SECRET, secret));
            device.nickname().ifPresent(nickname -> cells.put(Column.NICKNAME, nickname));
            device.enabled().ifPresent(enabled -> cells.put(Column.STATE, enabled ? "enabled" : "disabled"));
        }
        csv.writeRecord(columns.stream().map(column -> cells.getOrDefault(column, "")).toList());
    }
}
