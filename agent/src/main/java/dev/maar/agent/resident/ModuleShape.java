package dev.maar.agent.resident;

import java.util.Arrays;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;

/**
 * What the other sources of a module can see of a class: everything but what is private and what methods do. As long as it stays the
 * same, no other source has to be compiled again. For one class file and one thread.
 */
final class ModuleShape extends ClassVisitor {

    private final TreeSet<String> lines = new TreeSet<>();
    private String source = "";
    private String name = "";

    private ModuleShape() {
        super(Opcodes.ASM9);
    }

    /** The shape of a class file. */
    static ModuleShape of(final byte[] bytes) {
        final ModuleShape shape = new ModuleShape();
        // Not without debug information: the name of the source is part of it.
        new ClassReader(bytes).accept(shape, ClassReader.SKIP_CODE | ClassReader.SKIP_FRAMES);
        return shape;
    }

    /** All that can be seen, the same for the same. */
    String text() {
        return String.join("\n", lines);
    }

    /** The source it was compiled from, below the root of the sources; only the file's name is in the class file. */
    String sourcePath() {
        return name.substring(0, name.lastIndexOf('/') + 1) + source;
    }

    @Override
    public void visit(
            final int version,
            final int access,
            final String internalName,
            final @Nullable String signature,
            final @Nullable String superName,
            final String @Nullable [] interfaces) {
        name = internalName;
        lines.add("class " + access + " " + internalName + " " + signature + " " + superName + " "
                + Arrays.toString(interfaces));
    }

    @Override
    public void visitSource(final @Nullable String file, final @Nullable String debug) {
        source = Objects.requireNonNullElse(file, "");
    }

    @Override
    public void visitInnerClass(
            final String internalName, final @Nullable String outer, final @Nullable String inner, final int access) {
        if (internalName.equals(name)) {
            lines.add("inner " + access + " " + outer + " " + inner);
        }
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(final String descriptor, final boolean visible) {
        lines.add("annotation " + descriptor);
        return null;
    }

    @Override
    public void visitPermittedSubclass(final String subclass) {
        lines.add("permits " + subclass);
    }

    @Override
    public @Nullable RecordComponentVisitor visitRecordComponent(
            final String component, final String descriptor, final @Nullable String signature) {
        lines.add("component " + component + " " + descriptor + " " + signature);
        return null;
    }

    @Override
    public @Nullable FieldVisitor visitField(
            final int access,
            final String field,
            final String descriptor,
            final @Nullable String signature,
            final @Nullable Object value) {
        if (isSeen(access)) {
            lines.add("field " + access + " " + field + " " + descriptor + " " + signature + " = "
                    + Objects.toString(value));
        }
        return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            final int access,
            final String method,
            final String descriptor,
            final @Nullable String signature,
            final String @Nullable [] exceptions) {
        if (!isSeen(access)) {
            return null;
        }
        final String line = "method " + access + " " + method + " " + descriptor + " " + signature + " "
                + Arrays.toString(exceptions);
        lines.add(line);
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public AnnotationVisitor visitAnnotationDefault() {
                lines.add(line + " default");
                return new AnnotationVisitor(Opcodes.ASM9) {};
            }
        };
    }

    private static boolean isSeen(final int access) {
        final boolean bridge = (access & Opcodes.ACC_BRIDGE) != 0;
        return (access & Opcodes.ACC_PRIVATE) == 0 && (bridge || (access & Opcodes.ACC_SYNTHETIC) == 0);
    }
}
