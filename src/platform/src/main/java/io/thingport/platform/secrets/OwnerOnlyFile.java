package io.thingport.platform.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner may read, in folders that nobody else may enter. */
public final class OwnerOnlyFile {

    private static final String FILE = "rw-------";
    private static final String FOLDER = "rwx------";

    private OwnerOnlyFile() {
    }

    /**
     * Writes the file, on disk when this returns and never seen half-written; replaces an older one. Makes missing
     * folders, for their owner only as well.
     */
    public static void write(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try (FileChannel out = create(fresh)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (isPosix(target)) {
            try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
                folder.force(true); // the new name, too, is on disk
            }
        }
    }

    /** Opens a new file for writing, in the place of an older one. Makes missing folders, for their owner only as well. */
    public static FileChannel create(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        makeFolder(target.getParent());
        Files.deleteIfExists(target);
        return FileChannel.open(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                permissions(target, FILE));
    }

    /** Makes a folder, and missing ones above it, for their owner only. One that is there stays as it is. */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath(), permissions(folder, FOLDER));
    }

    /** Lets nobody but its owner into a folder that is there. */
    public static void restrictFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
