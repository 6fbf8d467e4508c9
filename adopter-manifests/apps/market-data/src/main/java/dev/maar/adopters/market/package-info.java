/**
 * Market data for many: a feed sends quotes on one topic of the transport runtime, desks follow all of them and hold the feed back when
 * they are slow, and a board, which is always slow, shows the newest and lets the others pass.
 */
package dev.maar.adopters.market;
