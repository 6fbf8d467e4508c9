package dev.maar.transport.bench;

/**
 * What is compared.
 *
 * @param pattern how messages go
 * @param processes 1 or 2
 * @param size of each message in bytes
 */
record Cell(Pattern pattern, int processes, int size) {

    String label() {
        return pattern.label() + ", "
                + (size < 1 << 10 ? size + " B" : size < 1 << 20 ? (size >> 10) + " KiB" : (size >> 20) + " MiB")
                + (processes == 1 ? ", one process" : ", two processes");
    }
}
