import { ChangeOwnPassword } from "@ringfence/core/account/member";

/**
 * Finds what is wrong with passwords that `ChangeOwnPassword` rejects. An empty or overlong current password cannot be
 * the member's, so it is `wrong`. A new one that differs is `short`, whatever is wrong with its length.
 */
export function findChangeFault(given: Record<string, unknown>): "wrong" | "same" | "short" {
  if (!ChangeOwnPassword.shape.password.safeParse(given["password"]).success) return "wrong";
  return given["password"] === given["newPassword"] ? "same" : "short";
}
