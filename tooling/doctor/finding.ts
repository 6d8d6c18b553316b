/**
 * A finding of the doctor. `wrong` keeps Ringfence from working or from being trusted, and says
 * what to do.
 */
export type Finding = { about: string; state: "fine" | "note" | "wrong"; says: string };

export const fine = (about: string, says: string): Finding => ({ about, state: "fine", says });
export const note = (about: string, says: string): Finding => ({ about, state: "note", says });
export const wrong = (about: string, says: string): Finding => ({ about, state: "wrong", says });

/** Returns one finding per fault, or a fine one that says `says`. */
export const toFindings = (about: string, faults: readonly string[], says: string): Finding[] =>
  faults.length === 0 ? [fine(about, says)] : faults.map((fault) => wrong(about, fault));
