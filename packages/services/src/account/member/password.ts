import { hash, verify } from "@node-rs/argon2";

/** argon2id with the least that OWASP's Password Storage Cheat Sheet asks for: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Keyboards write one letter in two ways, such as й: NIST SP 800-63B has them made one. */
const normal = (password: string) => password.normalize("NFC");

export const hashPassword = (password: string) => hash(normal(password), cost);

/** Of a password that nobody has, at the same cost. */
const nobodys =
  "$argon2id$v=19$m=19456,t=2,p=1$kgD7MulZv0Viv8MJOkd9Jw$fTS0RkA+n9hEoSPlOLqVaNPEJfcXD8beniOyNn+CFpw";

/** Takes the same time if there is no hash, so that the duration reveals nothing. */
export async function isPassword(passwordHash: string | undefined, password: string) {
  const hasOne = passwordHash !== undefined && passwordHash !== "";
  const matches = await verify(hasOne ? passwordHash : nobodys, normal(password));
  return matches && hasOne;
}
