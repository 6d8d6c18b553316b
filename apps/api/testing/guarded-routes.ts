import { randomUUID } from "node:crypto";
import { formatFormAddress, parseFormAddress } from "@ringfence/core/consents/capture-form";
import { CaptureFormId } from "@ringfence/core/ids";
import { aNumber } from "@ringfence/db/testing";
import { createFormContext } from "@ringfence/services/consents/capture-form";
import { connectMailgun, connectTwilio } from "@ringfence/services/do-not-call/inbound";
import { origin as pageOrigin } from "@ringfence/services/testing/forms";
import { anExpiredToken } from "@ringfence/services/testing/submissions";
import { openForms } from "./forms.ts";
import { postAsMailgun } from "./mailgun.ts";
import { postAsTwilio, signForm } from "./twilio.ts";

type Send = () => Promise<{ status: number; sharedWith?: string | null }>;

/** A route that asks for no API key, but for a signature, a token or an origin. */
export type GuardedRoute = {
  /** Sends a request that is accepted. */
  right: Send;
  /** Sends requests that must be refused, by reason: forged, of another organization, expired, used. */
  wrong: Readonly<Record<string, Send>>;
};

export const metricsToken = "a-token-of-some-length";
const origin = "https://calls.example.com";
const anotherOrigin = "https://evil.example";

/** Creates an organization with an account at Twilio, a domain at Mailgun and a form. */
async function aGuardedOrganization({ scene }: ReturnType<typeof openForms>) {
  const { ctx, form, fill } = await scene();
  const id = randomUUID().replaceAll("-", "");
  const twilio = { account: `AC${id}`, token: `token of ${id}`, origin };
  const mailgun = { domain: `${id}.example`, signingKey: `key of ${id}` };
  await connectTwilio(ctx, twilio);
  await connectMailgun(ctx, mailgun);
  return { ctx, twilio, mailgun, form, fill };
}

type GuardedOrganization = Awaited<ReturnType<typeof aGuardedOrganization>>;
type Scene = {
  url: string;
  forms: ReturnType<typeof openForms>;
  ours: GuardedOrganization;
  theirs: GuardedOrganization;
};

/** Creates two organizations, and a case for each route that is guarded in `route-cases.ts`. */
export async function createGuardedRoutes(url: string) {
  const forms = openForms(url);
  const scene: Scene = {
    url,
    forms,
    ours: await aGuardedOrganization(forms),
    theirs: await aGuardedOrganization(forms),
  };
  const call = { From: aNumber(), To: aNumber(), Direction: "inbound", CallSid: "CA1" };
  const message = { From: aNumber(), To: aNumber(), MessageSid: "SM1", Body: "STOP" };
  const routes: Readonly<Record<string, GuardedRoute>> = {
    "GET /metrics": metrics(scene),
    "POST /v1/inbound/sms/twilio": byTwilio(scene, "/v1/inbound/sms/twilio", message),
    "POST /v1/inbound/ivr/twilio": byTwilio(scene, "/v1/inbound/ivr/twilio", {
      ...call,
      Digits: "9",
    }),
    "POST /v1/inbound/email/mailgun": await byMailgun(scene),
    "OPTIONS /v1/forms/:form/tokens": byOrigin(scene, "tokens", "OPTIONS"),
    "POST /v1/forms/:form/tokens": byOrigin(scene, "tokens", "POST"),
    "OPTIONS /v1/forms/:form/submissions": byOrigin(scene, "submissions", "OPTIONS"),
    "POST /v1/forms/:form/submissions": await byFormToken(scene),
  };
  return {
    routes,
    organizationIds: [scene.ours, scene.theirs].map(({ ctx }) => ctx.organizationId),
  };
}

function metrics({ url }: Scene): GuardedRoute {
  const send = (token: string | null) => () =>
    fetch(`${url}/metrics`, {
      headers: { ...(token !== null && { authorization: `Bearer ${token}` }) },
    });
  return {
    right: send(metricsToken),
    wrong: {
      missing: send(null),
      forged: send("another-token-so-long"),
      cut: send(metricsToken.slice(0, -1)),
    },
  };
}

function byTwilio(
  { url, ours: { twilio }, theirs }: Scene,
  path: string,
  message: Record<string, string>,
): GuardedRoute {
  const form = { AccountSid: twilio.account, ...message };
  const foreign = { ...form, AccountSid: theirs.twilio.account };
  const sign = (token: string, signed: Record<string, string> = form, at = path) =>
    signForm(origin + at, signed, token);
  const send =
    (signature: string, sent: Record<string, string> = form): Send =>
    () =>
      postAsTwilio(url, { origin, path, form: sent, signature });
  return {
    right: send(sign(twilio.token)),
    wrong: {
      unsigned: send(""),
      forged: send(sign(`another ${twilio.token}`)),
      "signed by another organization": send(sign(theirs.twilio.token)),
      "in the name of another organization": send(sign(twilio.token, foreign), foreign),
      changed: send(sign(twilio.token), { ...form, From: aNumber() }),
      "signed for another address": send(sign(twilio.token, form, `${path}?refuse=1`)),
    },
  };
}

async function byMailgun({ url, ours: { mailgun }, theirs }: Scene): Promise<GuardedRoute> {
  const write = (id: string, { domain }: { domain: string } = mailgun) => ({
    recipient: `stop@${domain}`,
    from: `${id}@example.org`,
    subject: "STOP",
    "body-plain": "STOP",
    "Message-Id": `<${id}@example.org>`,
  });
  const send =
    (
      mail: Record<string, string>,
      { signingKey = mailgun.signingKey, ...more }: { signingKey?: string } & MailgunOptions = {},
    ): Send =>
    () =>
      postAsMailgun(url, signingKey, mail, more);
  const used = { token: randomUUID().replaceAll("-", "") };
  await send(write("first"), used)();
  return {
    right: send(write("ada")),
    wrong: {
      forged: send(write("ada"), { signature: "0".repeat(64) }),
      "signed by another organization": send(write("ada"), theirs.mailgun),
      "in the name of another organization": send(write("ada", theirs.mailgun)),
      expired: send(write("ada"), { ageSeconds: 13 * 3_600 }),
      "with the signature of another mail": send(write("ada"), used),
    },
  };
}

type MailgunOptions = NonNullable<Parameters<typeof postAsMailgun>[3]>;

/** The address of our form, changed to name a form of another organization or of nobody. */
function changeForm({ ours, theirs }: Scene) {
  const parse = ({ form }: GuardedOrganization) => {
    const parsed = parseFormAddress(form.slice(form.lastIndexOf("/") + 1));
    if (parsed === null) throw new Error("the form has no address");
    return parsed;
  };
  const { organizationId } = parse(ours);
  const change = (formId: CaptureFormId) =>
    `/v1/forms/${formatFormAddress({ organizationId, formId })}`;
  return {
    "of another organization": change(parse(theirs).formId),
    unknown: change(CaptureFormId.parse(randomUUID())),
  };
}

function byOrigin(
  scene: Scene,
  what: "tokens" | "submissions",
  method: "OPTIONS" | "POST",
): GuardedRoute {
  const send =
    (form: string, from: string | null = pageOrigin): Send =>
    () =>
      scene.forms.ask(`${form}/${what}`, undefined, from, method);
  const changed = changeForm(scene);
  return {
    right: send(scene.ours.form),
    wrong: {
      "from another origin": send(scene.ours.form, anotherOrigin),
      "from no origin": send(scene.ours.form, null),
      "for a form of another organization": send(changed["of another organization"]),
      "for an unknown form": send(changed.unknown),
    },
  };
}

async function byFormToken(scene: Scene): Promise<GuardedRoute> {
  const { ours, theirs, forms } = scene;
  const { form, fill } = ours;
  const send =
    (body: object, from = pageOrigin, to = form): Send =>
    () =>
      forms.ask(`${to}/submissions`, body, from);
  const body = await fill();
  const used = await fill();
  await send(used)();
  const visitor = createFormContext(ours.ctx, form.slice(form.lastIndexOf("/") + 1));
  const shownOn = { type: "embedded", origin: pageOrigin } as const;
  return {
    right: send(body),
    wrong: {
      forged: send({ ...body, token: `${body.token.slice(0, -6)}AAAAAA` }),
      "of another organization": send({ ...body, token: (await theirs.fill()).token }),
      "for a form of another organization": send(body, pageOrigin, theirs.form),
      "from another origin": send(body, anotherOrigin),
      expired: send({ ...body, ...(await anExpiredToken(visitor, shownOn)) }),
      used: send(used),
    },
  };
}
