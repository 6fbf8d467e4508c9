package dev.maar.agent.resident;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The compiler of the JDK that this process runs on, kept warm: its own code stays compiled and the libraries stay open from one
 * compilation to the next. For one thread.
 */
public final class ResidentCompiler implements AutoCloseable {

    private final JavaCompiler compiler;
    private final StandardJavaFileManager files;

    private ResidentCompiler(final JavaCompiler compiler) {
        this.compiler = compiler;
        this.files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    }

    /**
     * The compiler of this process's JDK.
     *
     * @return nothing when this process runs on a JDK without one
     */
    public static Optional<ResidentCompiler> ofThisJdk() {
        return Optional.ofNullable(ToolProvider.getSystemJavaCompiler()).map(ResidentCompiler::new);
    }

    /**
     * Compiles.
     *
     * @param sources the files; not empty
     * @param root what their names are told from in error messages
     * @param into the folder for the class files; made when missing
     * @param classPath what they need
     * @param flags how
     * @return the errors, each with its place, in the order in which they were found; empty when it compiled
     */
    List<String> compile(
            final List<Path> sources,
            final Path root,
            final Path into,
            final List<Path> classPath,
            final CompilerFlags flags)
            throws IOException {
        Files.createDirectories(into);
        final DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        final StringWriter other = new StringWriter();
        final boolean passed = compiler.getTask(
                        other,
                        files,
                        diagnostics,
                        flags.arguments(classPath, into),
                        null,
                        files.getJavaFileObjectsFromPaths(sources))
                .call();
        if (passed) {
            return List.of();
        }
        final List<String> errors = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> words(diagnostic, root))
                .toList();
        return errors.isEmpty()
                ? List.of("the compiler failed: " + other.toString().strip())
                : errors;
    }

    private static String words(final Diagnostic<? extends JavaFileObject> diagnostic, final Path root) {
        final String message = diagnostic.getMessage(Locale.ROOT).strip().replaceAll("\\s*\\R\\s*", ", ");
        final JavaFileObject source = diagnostic.getSource();
        if (source == null) {
            return message;
        }
        final Path file = Path.of(source.toUri());
        return (file.startsWith(root) ? root.relativize(file) : file) + ":[" + diagnostic.getLineNumber() + ","
                + diagnostic.getColumnNumber() + "] " + message;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
