package io.thingport.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** Packets of one device in one version of MQTT, odd in one field of so many. Belongs to one thread. */
final class FuzzPackets {

    private final RandomGenerator random;
    private final Fleet.Device device;
    private final int level;
    private final int oneIn;

    /**
     * @param level 3, 4 or 5
     * @param oneIn how many fields there are for an odd one; 0 for none
     */
    FuzzPackets(RandomGenerator random, Fleet.Device device, int level, int oneIn) {
        this.random = random;
        this.device = device;
        this.level = level;
        this.oneIn = oneIn;
    }

    byte[] connect(boolean clean) {
        return connect(clean, 1);
    }

    /** @param leastReceiveMaximum of 5.0, when it is given at all */
    byte[] connect(boolean clean, int leastReceiveMaximum) {
        FuzzBytes body = fields().text(level == 3 ? "MQIsdp" : "MQTT").oneByte(level).oneByte(clean ? 0xC2 : 0xC0).number(60);
        if (level == 5) {
            FuzzBytes properties = fields();
            if (!clean) {
                properties.raw(new byte[] {0x11}).longNumber(3600);
            }
            if (random.nextInt(4) == 0) {
                properties.raw(new byte[] {0x22}).number(random.nextInt(30));
            }
            if (random.nextInt(4) == 0) {
                properties.raw(new byte[] {0x21}).number(leastReceiveMaximum + random.nextInt(200));
            }
            if (random.nextInt(8) == 0) {
                properties.raw(new byte[] {0x26}).text("key").text("value");
            }
            odder(properties);
            body.properties(properties.bytes());
        }
        return body.text(device.login().clientId()).text(device.login().userName()).text(device.login().password()).packet(0x10);
    }

    byte[] subscribe(int packetId, String... filters) {
        FuzzBytes body = fields().number(packetId);
        noProperties(body);
        for (String filter : filters) {
            body.text(filter).oneByte(random.nextInt(3));
        }
        return body.packet(0x82);
    }

    byte[] unsubscribe(int packetId, String... filters) {
        FuzzBytes body = fields().number(packetId);
        noProperties(body);
        for (String filter : filters) {
            body.text(filter);
        }
        return body.packet(0xA2);
    }

    /** @param packetId 0 for QoS 0 */
    byte[] publish(String topic, int packetId, byte[] payload) {
        return publish(topic, packetId, new byte[0], payload);
    }

    /** @param properties of 5.0 */
    byte[] publish(String topic, int packetId, byte[] properties, byte[] payload) {
        FuzzBytes body = fields().text(topic);
        if (packetId != 0) {
            body.number(packetId);
        }
        if (level == 5) {
            body.properties(properties);
        }
        return body.raw(payload).packet(packetId == 0 ? 0x30 : random.nextInt(8) == 0 ? 0x3A : 0x32);
    }

    byte[] acknowledge(int packetId) {
        return fields().number(packetId).packet(0x40);
    }

    /** Any packet but CONNECT. */
    byte[] any() {
        return switch (random.nextInt(8)) {
            case 0 -> subscribe(packetId(), topics());
            case 1 -> unsubscribe(packetId(), topics());
            case 2 -> acknowledge(packetId());
            case 3 -> fields().packet(0xC0);
            case 4 -> random.nextInt(6) == 0 ? fields().packet(0xE0) : fields().packet(0xC0);
            default -> publish(topic(), random.nextBoolean() ? 0 : packetId(), publishProperties(), payload());
        };
    }

    /** Several packets, beginning with CONNECT. */
    List<byte[]> conversation() {
        List<byte[]> packets = new ArrayList<>(List.of(connect(random.nextInt(3) != 0)));
        for (int i = random.nextInt(10); i >= 0; i--) {
            packets.add(any());
        }
        return packets;
    }

    /** A packet behind which this server closes for sure. */
    byte[] violation() {
        return random.nextInt(3) == 0 ? cut() : forbidden();
    }

    /** A packet that ends before its fields do. */
    private byte[] cut() {
        FuzzBytes body = new FuzzBytes(random, 0).number(packetId());
        int first = 0x40;
        if (random.nextBoolean()) {
            first = random.nextBoolean() ? 0x82 : 0xA2;
            noProperties(body);
            body.text(device.topic("user/echo")).raw(new byte[first == 0x82 ? 1 : 0]);
        } else if (level == 5) {
            body.oneByte(0).properties(new FuzzBytes(random, 0).oneByte(0x1F).text("reason").bytes());
        }
        byte[] whole = body.bytes();
        int least = first == 0x40 && level == 5 ? 4 : 0; // without its properties a PUBACK is whole
        byte[] part = Arrays.copyOf(whole, least + random.nextInt(whole.length - least));
        return new FuzzBytes(random, 0).raw(part).packet(first);
    }

    private byte[] forbidden() {
        String topic = device.topic("user/echo");
        List<byte[]> all = new ArrayList<>(List.of(connect(true), hex("0000"), hex("20020000"), hex("50020001"), hex("62020001"),
                hex("70020001"), hex("9003000101"), hex("b0020001"), hex("d000"), hex("f000"), hex("3000"), hex("300000"),
                hex("c0ffffffff7f"), hex("30ffffff7f"), hex("82ffffff7f"), hex("c00100"), hex("400100"), hex("82020001"),
                hex("36090003612f6200017879"), hex("34090003612f6200017879"), hex("3803000161"), hex("3003000123"),
                hex("3003000100"), hex("30040002c080"), new FuzzBytes(random, 0).text(topic).number(0).bytes()));
        all.set(all.size() - 1, new FuzzBytes(random, 0).raw(all.get(all.size() - 1)).packet(0x32));
        if (level != 3) {
            all.addAll(List.of(hex("c100"), hex("e800"), hex("80060001000161ff"), hex("41020001")));
        }
        if (level == 5) {
            byte[] topicField = new FuzzBytes(random, 0).text(topic).bytes();
            for (String properties : List.of("0401040104", "0101010101", "2302ff", "230000", "23ffff", "0800012b", "0b01", "7f00",
                    "80", "0102", "26000161", "ffffffff7f")) {
                byte[] bytes = hex(properties);
                all.add(new FuzzBytes(random, 0).raw(topicField).properties(bytes).packet(0x30));
            }
            all.add(new FuzzBytes(random, 0).raw(topicField).properties(new byte[0]).packet(0x31));
        }
        return all.get(random.nextInt(all.size()));
    }

    /** Changes, removes, doubles, moves or inserts a few bytes. */
    byte[] mutated(byte[] original, int from) {
        byte[] bytes = original;
        for (int i = random.nextInt(5); i >= 0 && bytes.length > from; i--) {
            int at = from + random.nextInt(bytes.length - from);
            int length = 1 + random.nextInt(Math.min(8, bytes.length - at));
            byte[] head = Arrays.copyOf(bytes, at);
            byte[] middle = Arrays.copyOfRange(bytes, at, at + length);
            byte[] tail = Arrays.copyOfRange(bytes, at + length, bytes.length);
            switch (random.nextInt(7)) {
                case 0 -> random.nextBytes(middle);
                case 1 -> middle[0] ^= (byte) (1 << random.nextInt(8));
                case 2 -> middle[0] += (byte) (random.nextBoolean() ? 1 : -1);
                case 3 -> middle = new byte[0];
                case 4 -> Arrays.fill(middle, (byte) (random.nextBoolean() ? 0 : 0xFF));
                case 5 -> tail = Arrays.copyOfRange(bytes, at, bytes.length);
                default -> tail = Arrays.copyOf(tail, random.nextInt(tail.length + 1));
            }
            bytes = new FuzzBytes(random, 0).raw(head).raw(middle).raw(tail).bytes();
        }
        return bytes;
    }

    /** A payload, now and then a large one. */
    byte[] payload() {
        byte[] payload = new byte[random.nextInt(200) == 0 ? random.nextInt(262_000) : random.nextInt(60)];
        random.nextBytes(payload);
        return payload;
    }

    /** Properties that a PUBLISH may have. */
    byte[] publishProperties() {
        FuzzBytes properties = fields();
        if (level == 5) {
            for (int i = random.nextInt(4); i > 0; i--) {
                switch (random.nextInt(5)) {
                    case 0 -> properties.raw(new byte[] {0x26}).text("k" + i).text("v");
                    case 1 -> properties.raw(hex("230001"));
                    case 2 -> properties.raw(new byte[] {0x02}).longNumber(1 + random.nextInt(100));
                    case 3 -> properties.raw(new byte[] {0x08}).text("answer/" + i);
                    default -> properties.raw(new byte[] {0x09}).binary(new byte[random.nextInt(20)]);
                }
            }
            odder(properties);
        }
        return properties.bytes();
    }

    private void odder(FuzzBytes properties) {
        while (properties.odd()) {
            byte[] any = new byte[1 + random.nextInt(6)];
            random.nextBytes(any);
            any[0] = (byte) random.nextInt(0x2C);
            properties.raw(any);
        }
    }

    private void noProperties(FuzzBytes body) {
        if (level == 5) {
            FuzzBytes properties = fields();
            odder(properties);
            body.properties(properties.bytes());
        }
    }

    private String[] topics() {
        String[] topics = new String[1 + random.nextInt(4)];
        Arrays.setAll(topics, i -> topic());
        return topics;
    }

    private String topic() {
        return switch (random.nextInt(12)) {
            case 0 -> "/ext/ntp/" + device.productKey() + "/" + device.name() + "/request";
            case 1 -> "/sys/" + device.productKey() + "/" + device.name() + "/thing/event/property/post";
            case 2 -> "/sys/" + device.productKey() + "/" + device.name() + "/rrpc/response/" + random.nextInt(1000);
            case 3 -> "/broadcast/" + device.productKey() + "/all";
            case 4 -> "/" + device.productKey() + "/dev-0/user/echo"; // another device's
            case 5 -> "/" + device.productKey() + "/+/user/#";
            case 6 -> device.topic("user/get");
            case 7 -> device.topic("user/" + Integer.toString(random.nextInt(100_000), 36));
            default -> device.topic("user/echo");
        };
    }

    private int packetId() {
        return 1 + random.nextInt(random.nextBoolean() ? 5 : 65_535);
    }

    private FuzzBytes fields() {
        return new FuzzBytes(random, oneIn);
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
