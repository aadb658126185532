// What a stream is probably for, guessed from names and rhythm, and always said to be a guess: what somebody said or declared wins.
export { guessPurpose } from './guess.ts';
