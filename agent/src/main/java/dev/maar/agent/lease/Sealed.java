package dev.maar.agent.lease;

/**
 * A text that only somebody with the farm's secret can have written, and only lately. A Compact record: plain types only.
 *
 * @param kind what the text is, so that one kind can not be passed off as another
 * @param context whom it is for; signed with the text
 * @param key the id of the key it is signed with
 * @param expiresAtMillis until when it is good, in milliseconds since 1970
 * @param nonce drawn at random, so that no two are the same and one that is sent a second time can be told
 * @param text the text
 * @param signature HMAC-SHA256 over all of the above, in hexadecimal digits
 */
public record Sealed(
        String kind, String context, String key, long expiresAtMillis, String nonce, String text, String signature) {}
