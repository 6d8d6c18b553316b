/** What the person who starts Ringfence can mend. Its message is the sentence that says how. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}
