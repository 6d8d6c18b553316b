import { inspect } from "node:util";
import { expect, it } from "vitest";
import { aMailServer } from "../testing/mail-server.ts";
import { sendBySmtp } from "./mail-and-sms.ts";

const mail = {
  to: "ada@example.org",
  subject: "Вы согласны?",
  text: "Подтвердите: https://x.example/c/1",
  unsubscribe: `https://x.example/s/${"a".repeat(56)}/refuse`,
};

it("hands mail in any script to a server", async () => {
  const { url, mails } = await aMailServer();
  await sendBySmtp(url, "consent@acme.example")(mail);
  const [taken] = mails;
  expect(taken).toMatchObject({ from: "consent@acme.example", to: ["ada@example.org"] });
  expect(taken?.raw).toContain("Auto-Submitted: auto-generated");
  const unfolded = taken?.raw.replaceAll(/\r?\n\s+/g, " ");
  expect(unfolded).toContain(`List-Unsubscribe: <${mail.unsubscribe}>`);
  expect(unfolded).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  expect(taken?.text).toContain("Подтвердите: https://x.example/c/1");
});

it("never reads two addresses from one", async () => {
  const { url, mails } = await aMailServer();
  const two = { ...mail, to: "ada@example.org, eve@evil.example" };
  await sendBySmtp(url, "consent@acme.example")(two).catch(() => null);
  expect(mails.flatMap(({ to }) => to)).not.toContain("eve@evil.example");
});

it("rejects when the server refuses, without naming the recipient", async () => {
  const { url } = await aMailServer({ refuses: true });
  const refused = sendBySmtp(url, "consent@acme.example")(mail).catch((error: unknown) => error);
  expect(await refused).toMatchObject({ message: "the mail server answered 550" });
  expect(inspect(await refused, { depth: 9, showHidden: true })).not.toContain("ada@example.org");
});

it("rejects when there is no server", async () => {
  const refused = sendBySmtp("smtp://127.0.0.1:1", "consent@acme.example")(mail);
  await expect(refused).rejects.toThrow("the mail server answered ESOCKET");
});
