import type { Message } from "@ringfence/core/platform/message";

/**
 * `invalid-field`: a field names something that does not exist, such as a seller. `invalid`: the request
 * cannot be carried out as it is. `key-invalid`: a screening was asked for with an API key that is no longer valid, is
 * used from a network that is not its own, or may not screen because its maker may not; for all other requests, the key
 * is checked before the verb. `signature-invalid`: the request is signed, but the signature cannot be accepted.
 * `proof-needed`: the member has to prove again who they are (a verb with `stepUp`). `limit-reached`: the organization
 * has used up what the operator allows it; its `until` says for how long.
 */
export type ServiceErrorCode =
  | "not-found"
  | "forbidden"
  | "conflict"
  | "invalid-field"
  | "invalid"
  | "key-invalid"
  | "signature-invalid"
  | "proof-needed"
  | "limit-reached";

/** An error that is explained to the caller. Any other error is a bug. */
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

/** Returns what was thrown as an error. */
export const toError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(String(thrown));
