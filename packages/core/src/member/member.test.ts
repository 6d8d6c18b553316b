import { expect, it } from "vitest";
import { ChangeOwnSettings, SignIn } from "./member.ts";

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
