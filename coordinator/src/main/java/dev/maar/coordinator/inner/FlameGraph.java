package dev.maar.coordinator.inner;

import dev.maar.agent.job.Both;
import dev.maar.agent.profile.Profile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The flame graph of two profiles in one page that needs nothing else. A frame is as wide as its share of the samples, the mean of both sides;
 * its colour says on which side the share is larger, its words by how much. Pure.
 */
public final class FlameGraph {

    /** Narrower frames are left out: as a share. */
    private static final double LEAST = 0.002;

    private static final int ROW = 19;

    private final StringBuilder frames = new StringBuilder();
    private final Both<Double> all;
    private int depth;

    private FlameGraph(final Both<Profile> sides) {
        this.all = new Both<>((double) Math.max(1, sides.a().samples()), (double)
                Math.max(1, sides.b().samples()));
    }

    private static final class Node {
        private final Map<String, Node> callees = new TreeMap<>();
        private long a;
        private long b;

        private void add(final List<String> stack, final long ofA, final long ofB) {
            a += ofA;
            b += ofB;
            if (!stack.isEmpty()) {
                callees.computeIfAbsent(stack.get(0), name -> new Node()).add(stack.subList(1, stack.size()), ofA, ofB);
            }
        }
    }

    /**
     * Draws it.
     *
     * @param title what was profiled
     * @param lines what moved, in words
     * @param sides both sides' profiles
     * @return the page
     */
    public static String html(final String title, final List<String> lines, final Both<Profile> sides) {
        final Node root = new Node();
        sides.a().stacks().forEach((stack, count) -> root.add(stack, count, 0));
        sides.b().stacks().forEach((stack, count) -> root.add(stack, 0, count));
        final FlameGraph graph = new FlameGraph(sides);
        graph.draw("all", root, 0, 0);
        return PAGE.replace("{title}", escaped(title))
                .replace("{lines}", escaped(String.join("\n", lines)))
                .replace("{height}", Integer.toString((graph.depth + 1) * ROW))
                .replace("{frames}", graph.frames);
    }

    private void draw(final String name, final Node node, final double left, final int row) {
        final double a = node.a / all.a();
        final double b = node.b / all.b();
        final double width = (a + b) / 2;
        if (width < LEAST) {
            return;
        }
        depth = Math.max(depth, row);
        final String words = String.format(Locale.ROOT, "%s: %.1f %% to %.1f %%", name, 100 * a, 100 * b);
        frames.append(String.format(
                Locale.ROOT,
                "<div class=f data-x=%.6f data-w=%.6f style=\"left:%.4f%%;width:%.4f%%;top:%dpx;background:%s\""
                        + " title=\"%s\">%s</div>\n",
                left,
                width,
                100 * left,
                100 * width,
                row * ROW,
                colour(a, b),
                escaped(words),
                escaped(shortened(name))));
        double x = left;
        for (final Map.Entry<String, Node> callee : node.callees.entrySet()) {
            draw(callee.getKey(), callee.getValue(), x, row + 1);
            x += (callee.getValue().a / all.a() + callee.getValue().b / all.b()) / 2;
        }
    }

    /** Red where side b has more, blue where it has less; the more it moved, the fuller. */
    private static String colour(final double a, final double b) {
        final double moved = Math.max(-1, Math.min(1, (b - a) / Math.max(0.05, Math.max(a, b))));
        final int pale = (int) Math.round(228 - 118 * Math.abs(moved));
        return moved >= 0
                ? String.format(Locale.ROOT, "rgb(235,%d,%d)", pale, pale)
                : String.format(Locale.ROOT, "rgb(%d,%d,235)", pale, pale);
    }

    /** A method with its class, without the package. */
    private static String shortened(final String name) {
        final int method = name.lastIndexOf('.');
        final int type = method < 0 ? -1 : name.lastIndexOf('.', method - 1);
        return name.substring(type + 1);
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>{title}</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 14px/1.45 system-ui, sans-serif; margin: 1.5em auto; max-width: 1200px; padding: 0 1em; }
            h1 { font-size: 1.15em; }
            pre { font: 13px/1.45 ui-monospace, monospace; overflow-x: auto; }
            #graph { position: relative; overflow: hidden; height: {height}px; }
            .f { position: absolute; height: 17px; font: 11px/17px ui-monospace, monospace; color: #111; overflow: hidden;
                 white-space: nowrap; cursor: pointer; border-radius: 2px; padding-left: 3px; box-sizing: border-box; }
            .f:hover, .f:focus { outline: 1px solid #333; }
            </style></head><body>
            <h1>{title}</h1>
            <pre>{lines}</pre>
            <p>Width: share of samples, the mean of both sides. <b style="color:#c33">Red</b>: more on side b.
            <b style="color:#55c">Blue</b>: less. Click a frame to look closer, the top one to come back.</p>
            <div id="graph">
            {frames}</div>
            <script>
            const frames = [...document.querySelectorAll('.f')];
            function show(at) {
              const x0 = +at.dataset.x, w0 = +at.dataset.w;
              for (const f of frames) {
                const x = +f.dataset.x, w = +f.dataset.w;
                const left = Math.max(0, (x - x0) / w0), right = Math.min(1, (x + w - x0) / w0);
                f.hidden = right - left < 1e-4;
                f.style.left = 100 * left + '%';
                f.style.width = 100 * (right - left) + '%';
              }
            }
            frames.forEach(f => f.addEventListener('click', () => show(f)));
            </script></body></html>
            """;
}
