import { connectMailgun } from "@ringfence/services/do-not-call/inbound";
import { recordContacts } from "@ringfence/services/people/contact";
import { db } from "@ringfence/services/testing";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { ask } from "../testing/ask.ts";
import { aKey, aListeningServer } from "../testing/listening.ts";
import { postAsMailgun } from "../testing/mailgun.ts";

const { url } = await aListeningServer();
let serial = 0;

async function scene() {
  const { ctx, authorization } = await aKey("screen");
  const domain = `stop${serial++}.acme.example`;
  const signingKey = `key of ${domain}, long enough`;
  await connectMailgun(ctx, { domain, signingKey });
  const { phone } = await aCallablePhone(ctx);
  const row = { externalId: "a", name: "Ada", email: "ada@example.org", phones: [phone] };
  await recordContacts(ctx, { rows: [row] });
  const { organizationId } = ctx;
  const mail = {
    recipient: `refuse@${domain}`,
    from: "Ada <ada@example.org>",
    subject: "Re: звонки",
    "body-plain": "Больше не звоните мне.",
    "Message-Id": `<${domain}>`,
  };
  const optOuts = () => db.prisma.optOut.findMany({ where: { organizationId } });
  const questions = () => db.prisma.refusalQuestion.findMany({ where: { organizationId } });
  const screen = () =>
    ask(`${url}/v1/screenings`, authorization, { phone, purpose: "marketing.loans" });
  return { signingKey, mail, optOuts, questions, screen };
}

it.each([false, true])(
  "takes a refusal in Russian by mail, and nobody may be called from then on (with a file: %s)",
  async (hasFile) => {
    const { signingKey, mail, optOuts, screen } = await scene();
    expect((await screen()).answer.verdict).toBe("allow");
    const sent = await postAsMailgun(url, signingKey, mail, { hasFile });
    expect(sent).toEqual({ status: 200, answer: { outcome: "refused" } });
    expect(await optOuts()).toMatchObject([{ scope: "all", channel: "email" }]);
    expect((await screen()).answer.refusals[0].reason).toBe("opted-out");
    expect((await postAsMailgun(url, signingKey, mail)).answer).toEqual({ outcome: "repeated" });
  },
);

it("rejects mail that is unsigned, or signed by another domain", async () => {
  const [mine, theirs] = [await scene(), await scene()];
  for (const signature of ["0".repeat(64), "x"]) {
    const forged = await postAsMailgun(url, mine.signingKey, mine.mail, { signature });
    expect([forged.status, forged.answer.code]).toEqual([401, "key-invalid"]);
  }
  expect((await postAsMailgun(url, theirs.signingKey, mine.mail)).status).toBe(401);
  expect(await mine.optOuts()).toEqual([]);
});

it("rejects a second mail with the signature of the first, and accepts a repetition of the first", async () => {
  const { signingKey, mail, optOuts } = await scene();
  const token = "a".repeat(50);
  const send = (more: object = {}) =>
    postAsMailgun(url, signingKey, { ...mail, ...more }, { token });
  expect((await send()).answer).toEqual({ outcome: "refused" });
  const other = await send({ from: "bob@example.org", "Message-Id": "<2>" });
  expect([other.status, other.answer.code]).toEqual([401, "key-invalid"]);
  expect((await send()).answer).toEqual({ outcome: "repeated" });
  expect(await optOuts()).toHaveLength(1);
});

it("takes a mail as large as Mailgun receives", async () => {
  const { signingKey, mail, optOuts } = await scene();
  const large = { ...mail, "body-html": "<p>a</p>".repeat(2_900_000) };
  const forged = await postAsMailgun(url, signingKey, large, { hasFile: true, signature: "x" });
  expect(forged.status).toBe(401);
  const sent = await postAsMailgun(url, signingKey, large, { hasFile: true });
  expect(sent.answer).toEqual({ outcome: "refused" });
  expect(await optOuts()).toHaveLength(1);
});

it("asks a person about a stranger, and not about an answer by a machine", async () => {
  const { signingKey, mail, optOuts, questions } = await scene();
  const stranger = { ...mail, from: "bob@example.org", "Message-Id": "<2>" };
  expect((await postAsMailgun(url, signingKey, stranger)).answer).toEqual({ outcome: "asked" });
  const away = {
    ...mail,
    "Message-Id": "<3>",
    "body-plain": "I am on leave.",
    "message-headers": JSON.stringify([["Auto-Submitted", "auto-replied"]]),
  };
  expect((await postAsMailgun(url, signingKey, away)).answer).toEqual({ outcome: "nothing" });
  expect(await optOuts()).toEqual([]);
  expect(await questions()).toHaveLength(1);
});
