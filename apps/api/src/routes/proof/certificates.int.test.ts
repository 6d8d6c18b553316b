import { checkCertificate } from "@ringfence/core/proof/ledger";
import { aNumber } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";

const { url } = await aListeningServer();

const aConsent = () => ({
  phone: aNumber(),
  purposes: ["marketing"],
  channels: ["voice_live"],
  source: "website_form",
  disclosure: { text: "Acme may call me about its offers.", language: "en" },
  obtainedAt: "2026-03-01T09:00:00Z",
  evidence: { act: "ticked" },
});

it("answers a consent with its signed statement and the address of its certificate", async () => {
  const { authorization } = await aKey("consents:write", "proofs:read");
  const { answer } = await ask(`${url}/v1/consents`, authorization, aConsent());
  expect(checkCertificate(answer.statement)).toMatchObject({
    verdict: "promised",
    claims: { consent: answer.id },
  });

  const response = await fetch(`${url}${answer.certificate}`, { headers: { authorization } });
  expect(checkCertificate(await response.text())).toMatchObject({
    claims: { consent: answer.id, kind: "consent.granted" },
  });
});

it("gives an opt-out its receipt at once, and a readable certificate", async () => {
  const { authorization } = await aKey("opt-outs:write", "proofs:read");
  const refusal = { phone: aNumber(), channel: "agent" };
  const { answer } = await ask(`${url}/v1/opt-outs`, authorization, refusal);
  expect(checkCertificate(answer.receipt)).toMatchObject({
    verdict: "promised",
    claims: { kind: "opt-out.recorded", reference: answer.reference, phone: refusal.phone },
  });

  const pdf = await fetch(`${url}/v1/opt-outs/${answer.id}/certificate.pdf`, {
    headers: { authorization, "accept-language": "ru" },
  });
  expect(pdf.headers.get("content-type")).toBe("application/pdf");
  expect((await pdf.text()).slice(0, 5)).toBe("%PDF-");
});

it("shows no certificate to a key that may not read proofs or of another organization", async () => {
  const mine = await aKey("consents:write");
  const { answer } = await ask(`${url}/v1/consents`, mine.authorization, aConsent());
  const statusFor = async (authorization: string) =>
    (await fetch(`${url}${answer.certificate}`, { headers: { authorization } })).status;

  expect(await statusFor(mine.authorization)).toBe(403);
  expect(await statusFor((await aKey("opt-outs:read")).authorization)).toBe(403);
  expect(await statusFor((await aKey("proofs:read")).authorization)).toBe(404);
});

it("shows consents and opt-outs only to keys that may read each, and not by the other's route", async () => {
  const { authorization } = await aKey("consents:write", "consents:read");
  const { answer } = await ask(`${url}/v1/consents`, authorization, aConsent());
  const fetchStatus = async (path: string, authorization: string) =>
    (await ask(`${url}/v1/${path}`, authorization)).status;
  const consent = `consents/${answer.id}`;
  expect(await fetchStatus(`${consent}/certificate.json`, authorization)).toBe(200);
  expect(await fetchStatus(`${consent}/certificate.pdf`, authorization)).toBe(200);
  expect(await fetchStatus(`${consent}/record.json`, authorization)).toBe(200);
  expect(await fetchStatus(`proofs/${answer.id}`, authorization)).toBe(403);

  const refuser = await aKey("opt-outs:write", "opt-outs:read", "consents:read");
  const refusal = { phone: aNumber(), channel: "agent" };
  const { id } = (await ask(`${url}/v1/opt-outs`, refuser.authorization, refusal)).answer;
  expect(await fetchStatus(`opt-outs/${id}/certificate.json`, refuser.authorization)).toBe(200);
  expect(await fetchStatus(`consents/${id}/certificate.json`, refuser.authorization)).toBe(404);
});
