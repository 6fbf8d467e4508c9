/**
 * Documents that several people keep copies of: clients ask on one topic of the transport runtime to read or change rows of them, a
 * server answers on another. What a client may do is said by rules for ranges of rows, and a change that was made to an
 * old revision is refused with the new one.
 */
package dev.maar.adopters.documents;
