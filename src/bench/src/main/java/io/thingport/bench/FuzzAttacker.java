package io.thingport.bench;

import io.thingport.bench.FuzzAnswers.BrokenAnswer;
import io.thingport.bench.FuzzAnswers.Packet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Opens one connection after the other, sends a conversation of some kind, and checks what comes back and when the server
 * closes. A thread of its own; what the last conversations were may be asked from any.
 */
final class FuzzAttacker implements Runnable {

    private static final int CLOSES_WITHIN_MILLIS = 8000; // below the 10 seconds that the server waits for CONNECT
    private static final int HEX_MAXIMUM = 2000;

    private final int port;
    private final Fleet.Device device;
    private final Fleet.Device wellBehaved; // a late CONNECT of the other would take its connection over
    private final Random seeds;
    private final FuzzFindings findings;
    private volatile boolean over;
    private volatile long executions; // written by its own thread alone
    private volatile Conversation last = new Conversation(0, Kind.RANDOM, 4, new byte[0]); // for the report

    private Random random = new Random(0);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** What a conversation is like, and what has to come of it. */
    private enum Kind {
        /** Random bytes, without or behind CONNECT. */
        RANDOM,
        /** Random bytes with the header of a packet, behind CONNECT. */
        FRAMED,
        /** Well-formed packets, changed anywhere. */
        MUTATED,
        /** Packets with an odd field here and there. */
        ODD,
        /** Ends with a packet behind which the server has to close by itself, and answer nothing. */
        VIOLATION,
        /** Well-formed: each packet has to be answered. */
        VALID
    }

    /** @param wellBehaved a second device, for the conversations that have to be answered */
    FuzzAttacker(int port, Fleet.Device device, Fleet.Device wellBehaved, long seed, FuzzFindings findings) {
        this.port = port;
        this.device = device;
        this.wellBehaved = wellBehaved;
        this.seeds = new Random(seed);
        this.findings = findings;
    }

    long executions() {
        return executions;
    }

    /** What it sent last. */
    String last() {
        return device.name() + " " + last;
    }

    void stop() {
        over = true;
    }

    @Override
    public void run() {
        while (!over) {
            long seed = seeds.nextLong();
            random = new Random(seed);
            sent.reset();
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            int level = 3 + random.nextInt(3);
            Optional<String> violation = Optional.empty();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(CLOSES_WITHIN_MILLIS);
                converse(kind, level, socket);
            } catch (SocketTimeoutException e) {
                violation = Optional.of("no answer, or not closed, within " + CLOSES_WITHIN_MILLIS + " ms");
            } catch (BrokenAnswer e) {
                violation = Optional.of(e.getMessage());
            } catch (IOException e) {
                violation = Optional.of(e.toString());
            }
            last = new Conversation(seed, kind, level, sent.toByteArray());
            violation.filter(found -> !over).ifPresent(found -> findings.violation(found + "\n    in " + last()));
            executions++;
        }
    }

    private void converse(Kind kind, int level, Socket socket) throws IOException {
        FuzzAnswers answers = new FuzzAnswers(socket.getInputStream(), level, device);
        FuzzPackets packets = new FuzzPackets(random, device, level, 0);
        boolean behindConnect = kind != Kind.RANDOM || random.nextBoolean();
        byte[] connect = behindConnect ? packets.connect(random.nextInt(3) != 0) : new byte[0];
        switch (kind) {
            case RANDOM -> attack(socket, answers, join(connect, randomBytes(300)), behindConnect);
            case FRAMED -> attack(socket, answers, join(connect, framed()), true);
            case MUTATED -> {
                boolean connectStays = random.nextInt(4) != 0;
                byte[] whole = join(packets.conversation().toArray(byte[][]::new));
                attack(socket, answers, packets.mutated(whole, connectStays ? connectLength(whole) : 0), connectStays);
            }
            case ODD -> {
                FuzzPackets odd = new FuzzPackets(random, device, level, 6 + random.nextInt(60));
                boolean connectStays = random.nextInt(4) != 0;
                List<byte[]> all = odd.conversation();
                all.set(0, connectStays ? connect : all.get(0));
                attack(socket, answers, join(all.toArray(byte[][]::new)), connectStays);
            }
            case VIOLATION -> violate(socket, answers, packets, connect);
            case VALID -> new FuzzDialogue(random, wellBehaved, level, socket.getInputStream(), bytes -> send(socket, bytes)).run();
        }
    }

    /** Whole packets come back, and the server closes when this side has ended, or before. */
    private void attack(Socket socket, FuzzAnswers answers, byte[] bytes, boolean levelIsKnown) throws IOException {
        boolean gone = !trySend(socket, bytes);
        switch (random.nextInt(6)) {
            case 0 -> socket.setSoLinger(true, 0); // ends with a reset
            case 1 -> { } // ends without reading
            default -> {
                if (!gone) {
                    tryCloseOutput(socket);
                }
                if (levelIsKnown) {
                    while (answers.next().isPresent()) {
                        // each is checked when it is read
                    }
                } else {
                    readToEnd(socket);
                }
            }
        }
    }

    private void violate(Socket socket, FuzzAnswers answers, FuzzPackets packets, byte[] connect) throws IOException {
        boolean known = random.nextInt(4) != 0;
        byte[] violation = known ? packets.violation() : FuzzPackets.hex(random.nextBoolean() ? "c000" : "30030001612f");
        byte[] behind = FuzzPackets.hex(random.nextBoolean() ? "c000" : "300700053030303030c000"); // a server may read too far
        trySend(socket, join(known ? connect : new byte[0], violation, behind));
        for (Optional<Packet> packet = answers.next(); packet.isPresent(); packet = answers.next()) {
            if (packet.get().type() == FuzzAnswers.PINGRESP || !known) {
                throw new BrokenAnswer("the server answered what stood behind a violation: " + packet.get());
            }
        }
    }

    private boolean trySend(Socket socket, byte[] bytes) throws IOException {
        try {
            send(socket, bytes);
            return true;
        } catch (SocketException closed) {
            return false;
        }
    }

    /** In one write, or in pieces. */
    private void send(Socket socket, byte[] bytes) throws IOException {
        sent.writeBytes(bytes);
        int pieces = random.nextInt(3) == 0 ? random.nextInt(Math.min(40, bytes.length + 1)) : 0;
        int from = 0;
        for (int end : random.ints(pieces, 0, bytes.length + 1).sorted().toArray()) {
            socket.getOutputStream().write(bytes, from, end - from);
            from = end;
        }
        socket.getOutputStream().write(bytes, from, bytes.length - from);
    }

    private static void tryCloseOutput(Socket socket) throws IOException {
        try {
            socket.shutdownOutput();
        } catch (SocketException closed) {
            // by the server, before
        }
    }

    private static void readToEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // closed with bytes unread
        }
    }

    private byte[] framed() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int most = random.nextInt(50) == 0 ? 20_000 : 60;
            all.writeBytes(new FuzzBytes(random, 0).raw(randomBytes(most)).packet(random.nextInt(256)));
        }
        return all.toByteArray();
    }

    private byte[] randomBytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static int connectLength(byte[] conversation) {
        return conversation[1] < 0 ? 3 + (conversation[1] & 0x7F) + (conversation[2] << 7) : 2 + conversation[1];
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** What was sent on one connection. */
    private record Conversation(long seed, Kind kind, int level, byte[] bytes) {

        @Override
        public String toString() {
            return kind + ", version " + level + ", seed " + seed + ", sent " + bytes.length + " bytes: "
                    + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, HEX_MAXIMUM));
        }
    }
}
