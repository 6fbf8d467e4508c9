package dev.maar.transport;

/**
 * What serves one subscriber of a publisher.
 *
 * @param transport what carries the messages
 * @param subscriber where the subscriber is, for people: {@value #THIS_RUNTIME}, or another runtime and its place
 */
public record Connection(Transport transport, String subscriber) {

    /** Where subscribers are that share the publisher's runtime. */
    public static final String THIS_RUNTIME = "this runtime";
}
