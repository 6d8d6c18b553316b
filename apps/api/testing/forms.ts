import { aNumber } from "@ringfence/db/testing";
import { db } from "@ringfence/services/testing";
import { aForm, origin } from "@ringfence/services/testing/forms";
import { aKey } from "./listening.ts";

/** Sends requests to an API's form routes as pages do. */
export function openForms(url: string) {
  return { ask: askAt(url), scene: sceneAt(url) };
}

/** Sends requests as a page of some origin does. */
const askAt =
  (url: string) =>
  async (path: string, body?: object, from: string | null = origin, method = "POST") => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(from !== null && { origin: from }),
        ...(body && { "content-type": "application/json" }),
        "user-agent": "Test/1",
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      answer: text === "" ? null : JSON.parse(text),
      sharedWith: response.headers.get("access-control-allow-origin"),
      headers: response.headers,
    };
  };

/** An organization with a form and a page that shows it. */
const sceneAt =
  (url: string) =>
  async (more: Parameters<typeof aForm>[1] = {}) => {
    const ask = askAt(url);
    const { ctx, authorization } = await aKey("opt-outs:write");
    const officer = {
      ...ctx,
      actor: { type: "member", id: "a", role: "officer", sellerIds: [], isProven: true },
    } as const;
    const { address } = await aForm(officer, more);
    const form = `/v1/forms/${address}`;
    const issue = async (from: string | null = origin) => ask(`${form}/tokens`, undefined, from);
    const fill = async (more: object = {}, from: string | null = origin) => {
      const { answer } = await issue(from);
      return {
        token: answer.token,
        issuedAt: answer.issuedAt,
        elapsedMs: 0,
        phone: aNumber(),
        asked: answer.disclosures.map(({ id, version, text }: Record<string, unknown>) => {
          return { id, version, text, wasChecked: false, isChecked: true };
        }),
        page: {
          url: `${origin}/`,
          title: "",
          language: "en",
          text: "",
          controls: [],
          width: 1,
          height: 1,
        },
        ...more,
      };
    };
    const events = () =>
      db.prisma.consentEvent.findMany({
        where: { organizationId: ctx.organizationId },
        include: { evidence: true },
      });
    return { ctx, authorization, form, issue, fill, events };
  };
