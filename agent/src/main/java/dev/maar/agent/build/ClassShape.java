package dev.maar.agent.build;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;

/** Writes down what others can see of one class file. For one class file and one thread. */
final class ClassShape extends ClassVisitor {

    private static final int API = Opcodes.ASM9;
    private static final int VISIBLE = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
    /** How a method or field does its work, which no caller's compiler looks at. */
    private static final int INWARD = Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_NATIVE | Opcodes.ACC_STRICT;

    private final SortedSet<String> lines = new TreeSet<>();
    private final List<String> parents = new ArrayList<>();
    private String name = "";
    private int access;
    private boolean local;

    ClassShape() {
        super(API);
    }

    /** The class's internal name. */
    String name() {
        return name;
    }

    /** Its superclass and interfaces, by internal names. */
    List<String> parents() {
        return List.copyOf(parents);
    }

    /** Whether classes elsewhere can name it. */
    boolean isPublic() {
        return !local && (access & VISIBLE) != 0;
    }

    /** All that can be seen, in an order that does not depend on the class file's. */
    String text() {
        return "class " + (access & ~Opcodes.ACC_SUPER) + "\n" + String.join("\n", lines);
    }

    @Override
    public void visit(
            final int version,
            final int flags,
            final String internalName,
            final @Nullable String signature,
            final @Nullable String superName,
            final String @Nullable [] interfaces) {
        name = internalName;
        access = flags;
        if (superName != null) {
            parents.add(superName);
        }
        if (interfaces != null) {
            parents.addAll(Arrays.asList(interfaces));
        }
        lines.add("is " + internalName + " " + signature + " " + parents);
    }

    @Override
    public void visitInnerClass(
            final String internalName, final @Nullable String outer, final @Nullable String inner, final int flags) {
        if (internalName.equals(name)) {
            // The flags as they were written in the source; the class file's own know neither protected nor static.
            access = flags;
        }
    }

    @Override
    public void visitOuterClass(final String owner, final @Nullable String method, final @Nullable String descriptor) {
        local = true;
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
            final int flags,
            final String field,
            final String descriptor,
            final @Nullable String signature,
            final @Nullable Object value) {
        if (isSeen(flags)) {
            final int outward = flags & ~(Opcodes.ACC_TRANSIENT | Opcodes.ACC_VOLATILE);
            lines.add("field " + outward + " " + field + " " + descriptor + " " + signature + " = "
                    + Objects.toString(value));
        }
        return null;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            final int flags,
            final String method,
            final String descriptor,
            final @Nullable String signature,
            final String @Nullable [] exceptions) {
        if (!isSeen(flags)) {
            return null;
        }
        final String line = "method " + (flags & ~INWARD) + " " + method + " " + descriptor + " " + signature + " "
                + Arrays.toString(exceptions);
        lines.add(line);
        return new MethodVisitor(API) {
            @Override
            public AnnotationVisitor visitAnnotationDefault() {
                // That an annotation's element may be left out is seen; what it then is, only at run time.
                lines.add(line + " default");
                return new AnnotationVisitor(API) {};
            }
        };
    }

    private static boolean isSeen(final int flags) {
        final boolean bridge = (flags & Opcodes.ACC_BRIDGE) != 0;
        return (flags & VISIBLE) != 0 && (bridge || (flags & Opcodes.ACC_SYNTHETIC) == 0);
    }
}
