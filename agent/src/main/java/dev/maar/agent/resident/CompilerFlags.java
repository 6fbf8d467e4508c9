package dev.maar.agent.resident;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * How a module was compiled, as far as its class files show it. That nothing else was said to the compiler is for
 * {@link ResidentModule} to prove.
 *
 * @param release the Java release
 * @param variables whether the names of local variables are in the class files
 * @param parameters whether the names of parameters are
 */
record CompilerFlags(int release, boolean variables, boolean parameters) {

    /** Class files of Java 1 have version 45. */
    private static final int FIRST_VERSION = 44;

    /**
     * Reads the flags off class files.
     *
     * @param classes all class files of a module
     * @return the flags; nothing when there is no class, or they are of several releases
     */
    static Optional<CompilerFlags> of(final Collection<byte[]> classes) {
        final Look look = new Look();
        for (final byte[] bytes : classes) {
            new ClassReader(bytes).accept(look, ClassReader.SKIP_FRAMES);
        }
        return look.versions.size() == 1
                ? Optional.of(new CompilerFlags(look.versions.get(0) - FIRST_VERSION, look.variables, look.parameters))
                : Optional.empty();
    }

    /** The compiler's arguments. */
    List<String> arguments(final List<Path> classPath, final Path into) {
        final List<String> arguments = new ArrayList<>(List.of(
                "--release",
                Integer.toString(release),
                "-encoding",
                "UTF-8",
                "-proc:none",
                "-nowarn",
                variables ? "-g" : "-g:source,lines"));
        if (parameters) {
            arguments.add("-parameters");
        }
        arguments.addAll(List.of(
                "-d",
                into.toString(),
                "-classpath",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        return arguments;
    }

    /** Looks at class files. For one thread. */
    private static final class Look extends ClassVisitor {

        private final List<Integer> versions = new ArrayList<>();
        private boolean variables;
        private boolean parameters;

        Look() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(
                final int version,
                final int access,
                final String name,
                final @Nullable String signature,
                final @Nullable String superName,
                final String @Nullable [] interfaces) {
            final int major = version & 0xFFFF;
            if (!versions.contains(major)) {
                versions.add(major);
            }
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String name,
                final String descriptor,
                final @Nullable String signature,
                final String @Nullable [] exceptions) {
            // Records and enums have the names of some parameters whatever the flags.
            final boolean ordinary = !name.equals("<init>") && !name.equals("valueOf");
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitParameter(final @Nullable String parameter, final int flags) {
                    parameters |= ordinary && parameter != null;
                }

                @Override
                public void visitLocalVariable(
                        final String variable,
                        final String type,
                        final @Nullable String generic,
                        final Label start,
                        final Label end,
                        final int index) {
                    variables = true;
                }
            };
        }
    }
}
