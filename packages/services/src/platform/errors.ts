import type { Message } from "@ringfence/core/platform/message";

/**
 * `invalid-field`: a field names what is not there, such as a seller; `invalid`: it cannot be done as
 * it is asked; `key-invalid`: the key that asks was revoked.
 */
export type ServiceErrorCode =
  | "not-found"
  | "forbidden"
  | "conflict"
  | "invalid-field"
  | "invalid"
  | "key-invalid";

/** An error to tell the caller about: they cannot have what they asked for. Any other error is a bug. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly code: ServiceErrorCode;
  /** Explanation in the reader's language. `message` is for our log. */
  readonly explanation: Message;
  /** The field at fault, as a JSON pointer. */
  readonly path: string | null;

  constructor(code: ServiceErrorCode, explanation: Message, path: string | null = null) {
    super(explanation.key);
    this.code = code;
    this.explanation = explanation;
    this.path = path;
  }
}
