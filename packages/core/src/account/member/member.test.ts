import { expect, it } from "vitest";
import { SellerId } from "../../platform/ids.ts";
import { AddMember, ChangeOwnPassword, ChangeOwnSettings, SignIn } from "./member.ts";

it("reads an e-mail as people type it", () => {
  expect(SignIn.parse({ email: " Ada@Example.COM ", password: " x " })).toEqual({
    email: "ada@example.com",
    password: " x ",
  });
});

it.each([{ email: "ada" }, { password: "" }, { password: "x".repeat(1025) }])(
  "does not read %o",
  (spoilt) => {
    const signIn = { email: "ada@example.com", password: "x", ...spoilt };
    expect(SignIn.safeParse(signIn).success).toBe(false);
  },
);

it.each([{ locale: "de" }, { zone: "Mars/Olympus" }, { theme: "pink" }])(
  "does not take %o for settings",
  (settings) => {
    expect(ChangeOwnSettings.safeParse(settings).success).toBe(false);
  },
);

const sellerId = SellerId.parse("01890000-0000-7000-8000-00000000000a");

it.each([
  ["agent", 1],
  ["marketer", 1],
  ["officer", 0],
  ["owner", 0],
])("limits %s to %i of the sellers that are named", (role, count) => {
  const added = AddMember.parse({
    name: " Ada ",
    email: "Ada@Example.com",
    role,
    sellerIds: [sellerId],
  });
  expect(added).toMatchObject({ name: "Ada", email: "ada@example.com" });
  expect(added.sellerIds).toHaveLength(count);
});

it.each([
  ["twelve chars", true],
  ["двенадцать12", true],
  ["eleven char", false],
  ["😀😀😀😀😀😀", false],
  ["what it was before", false],
  ["x".repeat(1025), false],
])("takes “%s” for a new password: %s", (newPassword, isTaken) => {
  const given = { password: "what it was before", newPassword };
  expect(ChangeOwnPassword.safeParse(given).success).toBe(isTaken);
});
