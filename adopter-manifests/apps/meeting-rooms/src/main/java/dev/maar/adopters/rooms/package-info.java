/**
 * People who talk in rooms: each room is a topic of the transport runtime, whoever is in it publishes and subscribes there, and people
 * join, leave and move while others talk. Everybody hears all that is said while they are there, and nothing else.
 */
package dev.maar.adopters.rooms;
