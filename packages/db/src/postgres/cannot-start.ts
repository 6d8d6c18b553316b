/** An error that the operator can fix. Its message says how. */
export class CannotStart extends Error {
  override readonly name = "CannotStart";
}
