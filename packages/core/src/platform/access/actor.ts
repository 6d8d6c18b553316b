import { z } from "zod";
import type { CaptureFormId, PhoneId, SellerId } from "../ids.ts";

export const Role = z.enum(["owner", "officer", "marketer", "agent", "auditor", "developer"]);
export type Role = z.infer<typeof Role>;

/** Permission of an API key. A member gives a key only scopes that their role may grant (`mayGrantScope`). */
export const Scope = z.enum([
  "screen",
  "opt-outs:read",
  "opt-outs:write",
  "consents:read",
  "consents:write",
  "contacts:write",
  "activities:write",
  "calls:write",
  "complaints:write",
  "scrubs",
  "campaigns:read",
  "proofs:read",
]);
export type Scope = z.infer<typeof Scope>;

/** On whose behalf a verb runs. */
export type Actor =
  /**
   * `sellerIds` limits an agent or marketer to some sellers; empty is all. `isProven` is true if they proved in
   * the last minutes that the session is theirs; a verb with `stepUp` needs it.
   */
  | {
      type: "member";
      id: string;
      role: Role;
      sellerIds: readonly SellerId[];
      isProven?: boolean;
    }
  /**
   * An API key. `sellerIds` limits it to some sellers, as for a call center that works for only these.
   * `cutScopes` are scopes that it was made with and has lost, because its maker may no longer grant them. `address` is
   * the IP address of its request, `secretNumber` says which of its secrets the request showed, and `isSigned` is true
   * if the request has a signature that was verified.
   */
  | {
      type: "key";
      id: string;
      scopes: readonly Scope[];
      cutScopes?: readonly Scope[];
      sellerIds?: readonly SellerId[];
      address?: string;
      secretNumber?: number;
      isSigned?: boolean;
    }
  /** `subjectId` is what the job works on, such as an import. It is stored in the actor of rows that the job writes. */
  | { type: "job"; name: string; subjectId?: string }
  /**
   * The person of a phone, by our link or code. `code` says how the code reached them. Only a code sent by text message
   * proves that the phone is theirs. Without that proof, they cannot undo a refusal.
   */
  | { type: "person"; phoneId: PhoneId; code?: "sms" | "spoken" | "letter" }
  /** Anybody who fills in a capture form. Only the form's id is certain. */
  | { type: "form"; id: CaptureFormId }
  /** Anybody who has opened a public page. */
  | { type: "visitor"; page: "stop" | "my" };
