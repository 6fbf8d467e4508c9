package dev.maar.agent.build;

import dev.maar.agent.job.SubjectRecipe;
import dev.maar.agent.source.GitSource;
import dev.maar.agent.source.SourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a tree a Maven module is built from: the module, the modules of the same reactor that its POM (or theirs) mentions,
 * and the POMs above them. An edit elsewhere, in another module or in the documentation, then costs no build. Where the POMs show
 * that a build may look further, or the folders hold links, the whole tree counts.
 */
final class SubjectContent {

    private static final Pattern MODULE = Pattern.compile("<module>\\s*([^<]+?)\\s*</module>");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>\\s*([^<]+?)\\s*</artifactId>");
    private static final Pattern PARENT = Pattern.compile("<parent>.*?</parent>", Pattern.DOTALL);
    private static final Pattern RELATIVE_PATH =
            Pattern.compile("<relativePath>\\s*([^<]*?)\\s*</relativePath>|<relativePath\\s*/>");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern LOOKS_FURTHER =
            Pattern.compile("\\.\\./|/\\.\\.|multiModuleProjectDirectory|executionRootDirectory|"
                    + "parent\\.basedir|topDirectory|rootDirectory|directory-of|highest-basedir");

    private final GitSource source;
    private final String tree;
    /** Of each module of the reactor, by folder: its POM without comments. */
    private final Map<String, String> poms = new TreeMap<>();

    private SubjectContent(final GitSource source, final String tree) {
        this.source = source;
        this.tree = tree;
    }

    /** A name of the content that the build depends on: equal names give equal artifacts. */
    static String of(final SubjectRecipe.Build build, final String tree, final GitSource source)
            throws IOException, InterruptedException, SourceException {
        return build instanceof SubjectRecipe.Maven maven
                ? parts(maven, tree, source).map(parts -> "parts " + parts).orElse("tree " + tree)
                : "tree " + tree;
    }

    /** The hashes of the folders and files that a module is built from, by path; nothing when only the whole tree will do. */
    static Optional<Map<String, String>> parts(
            final SubjectRecipe.Maven build, final String tree, final GitSource source)
            throws IOException, InterruptedException, SourceException {
        return new SubjectContent(source, tree).relevant(folder(build.module()));
    }

    /** The hashes of the relevant folders and files, or nothing when only the whole tree will do. */
    private Optional<Map<String, String>> relevant(final String module)
            throws IOException, InterruptedException, SourceException {
        if (module.isEmpty() || !readReactor("")) {
            return Optional.empty();
        }
        final Map<String, String> hashes = new TreeMap<>();
        final Deque<String> open = new ArrayDeque<>();
        open.add(module);
        addHash(".mvn", hashes);
        while (!open.isEmpty()) {
            final String folder = open.remove();
            final String pom = poms.get(folder);
            if (hashes.containsKey(folder)) {
                continue;
            }
            if (pom == null
                    || LOOKS_FURTHER.matcher(PARENT.matcher(pom).replaceAll("")).find()) {
                return Optional.empty();
            }
            final boolean leaf = poms.keySet().stream().noneMatch(other -> isWithin(other, folder));
            if (!leaf && !pom.contains("<packaging>pom</packaging>")) {
                return Optional.empty();
            }
            addHash(leaf ? folder : folder(folder + "/pom.xml"), hashes);
            hashes.putIfAbsent(folder, "");
            final Optional<String> hash = leaf ? source.treeOf(tree, folder) : Optional.empty();
            if (hash.isPresent() && source.hasLinks(hash.get())) {
                return Optional.empty();
            }
            poms.forEach((other, text) -> {
                if (mentions(pom, ownArtifact(text))) {
                    open.add(other);
                }
            });
            parentFolder(folder, pom).ifPresent(open::add);
        }
        return Optional.of(hashes);
    }

    private void addHash(final String path, final Map<String, String> hashes) throws IOException, InterruptedException {
        final Optional<String> hash = source.treeOf(tree, path);
        hash.ifPresent(value -> hashes.put(path, value));
    }

    private boolean readReactor(final String folder) throws IOException, InterruptedException {
        final Optional<String> text = source.textOf(tree, folder(folder + "/pom.xml"));
        if (text.isEmpty() || folder.startsWith("..")) {
            return false;
        }
        final String pom = COMMENT.matcher(text.get()).replaceAll("");
        poms.put(folder, pom);
        final Matcher module = MODULE.matcher(pom);
        while (module.find()) {
            final String child = folder(folder + "/" + module.group(1));
            if (child.endsWith(".xml") || (!poms.containsKey(child) && !readReactor(child))) {
                return false;
            }
        }
        return true;
    }

    /** The folder of the parent POM when it lies in the tree; one that is not of the reactor makes the caller give up. */
    private static Optional<String> parentFolder(final String folder, final String pom) {
        final Matcher parent = PARENT.matcher(pom);
        if (!parent.find()) {
            return Optional.empty();
        }
        final Matcher written = RELATIVE_PATH.matcher(parent.group());
        final String path =
                written.find() ? Optional.ofNullable(written.group(1)).orElse("") : "../pom.xml";
        if (path.isEmpty()) {
            return Optional.empty();
        }
        final String plain = folder(folder + "/" + path);
        if (plain.startsWith("..")) {
            return Optional.empty();
        }
        return Optional.of(plain.endsWith("pom.xml") ? folder(plain + "/..") : plain);
    }

    private static String ownArtifact(final String pom) {
        final Matcher artifact = ARTIFACT.matcher(PARENT.matcher(pom).replaceAll(""));
        return artifact.find() ? artifact.group(1) : "";
    }

    private static boolean mentions(final String pom, final String artifact) {
        final Matcher any = ARTIFACT.matcher(pom);
        while (any.find()) {
            if (any.group(1).equals(artifact)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWithin(final String folder, final String outer) {
        return !folder.equals(outer) && (outer.isEmpty() || folder.startsWith(outer + "/"));
    }

    private static String folder(final String path) {
        final String relative = path.startsWith("/") ? path.substring(1) : path;
        return Path.of(relative).normalize().toString();
    }
}
