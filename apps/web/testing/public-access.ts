import { formatPublicAddress } from "@ringfence/core/account/organization";
import { formatFormAddress } from "@ringfence/core/consents/capture-form";
import { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import { openOwnForm, readOwnForm } from "@ringfence/services/consents/capture-form";
import { bindPersonCode } from "@ringfence/services/desk/own-record";
import {
  type LinkUse,
  createCode,
  writeLink,
} from "@ringfence/services/platform/keys/links-and-codes";
import type { Everything } from "@ringfence/services/testing/organization-with-everything";
import type { ConnectedProvider } from "./connect-provider";

/** An organization with everything, and another organization. */
export type PublicRecords = Everything & {
  stranger: OrganizationId;
  /** The person of an opened record, sealed as its page has it. */
  owner: string;
  /** The token of the hosted form, issued longer ago than a token is valid. */
  expiredToken: string;
  /** The identity providers of both organizations. */
  providers: Record<"ours" | "theirs", ConnectedProvider>;
};

/** A request of somebody who is not signed in. */
export type PublicRequest = {
  params?: Readonly<Record<string, string>>;
  /** Query of the address, with its question mark. */
  search?: string;
  /** Fields of a form. */
  fields?: Readonly<Record<string, string>>;
  cookies?: Readonly<Record<string, string>>;
};

/** Requests without a session to a page, a route (`GET r/[receipt]/json`) or an action (`withdrawConsent`). */
export type PublicAccess = {
  /** Creates a request that is accepted. */
  right: (of: PublicRecords) => PublicRequest | Promise<PublicRequest>;
  /** Creates requests that must be refused, by reason: forged, of another organization, for another use. */
  wrong: (of: PublicRecords) => PublicRequests | Promise<PublicRequests>;
  /** Pattern of the answer to an accepted request. Without it, every answer that is not a refusal counts. */
  accepted?: RegExp;
  /** Makes the accepted request valid. */
  prepare?: (of: PublicRecords) => Promise<unknown>;
  /** Makes the accepted request expire. */
  expire?: (of: PublicRecords) => Promise<unknown>;
};

type PublicRequests = Readonly<Record<string, PublicRequest>>;

/**
 * True for a file of a page or route, below `src/app`, that no session opens. All other files are of the workspace or its
 * API.
 */
export const isPublicFile = (file: string) =>
  /^api\/(auth|oidc)\//.test(file) || !/^(\(workspace\)|api)\//.test(file);

const nobody = "0195a000-0000-7000-8000-000000000001";

type Linked = {
  name: string;
  use: LinkUse;
  id: (of: PublicRecords) => string;
  /** The values of the row that the link also depends on. */
  bound?: (of: PublicRecords) => readonly string[];
  more?: Params;
};
type Params = (of: PublicRecords) => Readonly<Record<string, string>>;

/** Access by a signed link. */
function byLink({ name, use, id, bound = () => [], more = () => ({}) }: Linked): PublicAccess {
  const write = (of: PublicRecords, organizationId: OrganizationId, by = use) =>
    writeLink(of.ctx.keys, by, { organizationId, id: id(of), bound: bound(of) });
  const request = (of: PublicRecords, link: string): PublicRequest => ({
    params: { [name]: link, ...more(of) },
  });
  return {
    right: (of) => request(of, write(of, of.ctx.organizationId)),
    wrong: (of) => {
      const link = write(of, of.ctx.organizationId);
      const bytes = Buffer.from(link, "base64url");
      Buffer.from(of.stranger.replaceAll("-", ""), "hex").copy(bytes);
      const other = use === "stop link" ? "receipt link" : "stop link";
      return {
        forged: request(of, link.slice(0, -4) + (link.endsWith("AAAA") ? "BBBB" : "AAAA")),
        "of another organization": request(of, write(of, of.stranger)),
        "changed to another organization": request(of, bytes.toString("base64url")),
        "for another use": request(of, write(of, of.ctx.organizationId, other)),
      };
    },
  };
}

type CodeFacts = {
  createdAt?: () => Date;
  openedAt?: () => Date;
  /** The member who reads the code to the person; a code without one comes by text message. */
  handedOutBy?: (of: PublicRecords) => string;
};

/** Returns the columns that a code is bound to. */
const toCodeRow = (of: PublicRecords, handedOutBy: string | null = null) => ({
  organizationId: of.ctx.organizationId,
  id: of.personCodeId,
  phoneId: of.receiptPhoneId,
  means: handedOutBy === null ? "sms" : "spoken",
  handedOutBy,
});

const bindSms = (of: PublicRecords) => bindPersonCode(toCodeRow(of)).bound ?? [];

/** Replaces the code by a new one at which nobody has guessed. */
const setCode =
  ({ createdAt = now, openedAt, handedOutBy }: CodeFacts) =>
  async (of: PublicRecords) => {
    const { personCode } = of.ctx.db.prisma;
    const row = toCodeRow(of, handedOutBy?.(of) ?? null);
    await personCode.deleteMany({ where: { organizationId: row.organizationId, id: row.id } });
    await personCode.create({
      data: { ...row, locale: "en", createdAt: createdAt(), openedAt: openedAt?.() ?? null },
    });
  };

const setEndOfConfirmation =
  (expiresAt: () => Date) =>
  ({ ctx: { db, organizationId }, confirmationId: id }: PublicRecords) =>
    db.prisma.confirmation.updateMany({
      where: { organizationId, id },
      data: { expiresAt: expiresAt() },
    });

const setEndOfMemberLink =
  (expiresAt: () => Date) =>
  ({ ctx: { db, organizationId }, memberLinkId: id }: PublicRecords) =>
    db.prisma.memberLink.updateMany({
      where: { organizationId, id },
      data: { createdAt: new Date(0), expiresAt: expiresAt() },
    });

const now = () => new Date();
const inAnHour = () => new Date(Date.now() + 3_600_000);
const longAgo = () => new Date(1);

/** Changes all requests of an access in the same way. */
const mapRequests = (
  { right, wrong, ...access }: PublicAccess,
  change: (of: PublicRecords, request: PublicRequest) => PublicRequest,
): PublicAccess => ({
  ...access,
  right: async (of) => change(of, await right(of)),
  wrong: async (of) =>
    Object.fromEntries(
      Object.entries(await wrong(of)).map(([reason, request]) => [reason, change(of, request)]),
    ),
});

const withFields = (access: PublicAccess, fields: Readonly<Record<string, string>>) =>
  mapRequests(access, (_, request) => ({ ...request, fields }));

/** A code issued by a member, with the person's number. */
async function readHandedCode({ ctx, personCodeId: id }: PublicRecords) {
  const { db, keys, organizationId } = ctx;
  const row = await db.prisma.personCode.findFirstOrThrow({
    where: { organizationId, id },
    include: { phone: true },
  });
  const code = createCode(keys, "person code", bindPersonCode(row));
  return { phone: row.phone.e164 ?? "", code };
}

/** Access with a code issued by a member, entered with the person's number. */
const byHandedCode: PublicAccess = {
  right: async (of) => ({
    params: { address: formatPublicAddress(of.ctx.organizationId) },
    fields: await readHandedCode(of),
  }),
  wrong: async (of) => {
    const { phone, code } = await readHandedCode(of);
    const params = { address: formatPublicAddress(of.ctx.organizationId) };
    return {
      guessed: { params, fields: { phone, code: code === "000000" ? "000001" : "000000" } },
      "with another number": { params, fields: { phone: "+12025550143", code } },
      "on the page of another organization": {
        params: { address: formatPublicAddress(of.stranger) },
        fields: { phone, code },
      },
    };
  },
};

/** Access by an organization's public address. */
const byAddress = (name = "organization"): PublicAccess => ({
  right: ({ ctx }) => ({ params: { [name]: formatPublicAddress(ctx.organizationId) } }),
  wrong: () => ({
    "of no organization": { params: { [name]: formatPublicAddress(OrganizationId.parse(nobody)) } },
    "that is none": { params: { [name]: "acme" } },
  }),
});

/** Access by a form's public address. */
const byForm = (name = "form"): PublicAccess => ({
  right: ({ formAddress }) => ({ params: { [name]: formAddress } }),
  wrong: ({ ctx: { organizationId }, formId, stranger }) => ({
    "of another organization": {
      params: { [name]: formatFormAddress({ organizationId: stranger, formId }) },
    },
    forged: {
      params: {
        [name]: formatFormAddress({ organizationId, formId: CaptureFormId.parse(nobody) }),
      },
    },
  }),
});

const confirmation = {
  use: "confirmation link",
  id: (of: PublicRecords) => of.confirmationId,
} as const;
const report = {
  name: "link",
  use: "report link",
  id: (of: PublicRecords) => of.ownerId,
} as const;
const consentReceipt = {
  use: "consent receipt link",
  id: (of: PublicRecords) => of.receipt,
} as const;
const receipt = {
  name: "receipt",
  use: "receipt link",
  id: (of: PublicRecords) => of.optOut.id,
} as const;
const stop = {
  name: "link",
  use: "stop link",
  id: (of: PublicRecords) => of.optOutPhoneId,
} as const;
const ofConsent: Params = ({ receipt }) => ({ consent: receipt });

/** Access by the cookie of an opened record. */
const byOpenedRecord = (more: Params, fields = {}): PublicAccess =>
  mapRequests(
    {
      ...byLink({
        name: "own-record",
        use: "own record link",
        id: (of) => of.personCodeId,
        bound: bindSms,
      }),
      prepare: setCode({ openedAt: now }),
      expire: setCode({ openedAt: longAgo }),
    },
    (of, { params = {} }) => ({
      cookies: params,
      params: { address: formatPublicAddress(of.ctx.organizationId), ...more(of) },
      fields,
    }),
  );

/** Access to a file of an opened record. */
const byOwnRecordFile = (): PublicAccess => ({
  ...mapRequests(
    byOpenedRecord(() => ({})),
    (_, { params: { address = "" } = {}, ...request }) => ({
      ...request,
      params: { organization: address },
    }),
  ),
  accepted: /^200/,
});

/** Access to a form on the person's own page. */
const byOwnForm: PublicAccess = {
  ...mapRequests(
    byOpenedRecord(({ formAddress }) => ({ form: formAddress })),
    (_, { params: { address = "", ...params } = {}, ...request }) => ({
      ...request,
      params: { organization: address, ...params },
    }),
  ),
  accepted: /^page /,
};

/** Access by the token of a form on the person's own page. */
const byOwnAgreement: PublicAccess = {
  ...byOpenedRecord(({ formAddress }) => ({ formAddress })),
  right: async (of) => {
    const asked = byOpenedRecord(({ formAddress }) => ({ formAddress }));
    return { ...(await asked.right(of)), fields: await openOwnFields(of) };
  },
  wrong: async (of) => {
    const asked = byOpenedRecord(({ formAddress }) => ({ formAddress }));
    const fields = await openOwnFields(of);
    const right = await asked.right(of);
    const wrong = Object.entries(await asked.wrong(of)).map(([why, request]) => [
      why,
      { ...request, fields },
    ]);
    return {
      ...Object.fromEntries(wrong),
      "without a token": right,
      "with a forged token": {
        ...right,
        fields: { ...fields, token: `${fields.token?.slice(0, -6)}AAAAAA` },
      },
      "of the phone of somebody else": {
        ...right,
        fields: await openOwnFields(of, of.optOutPhoneId),
      },
    };
  },
};

/** Opens a form on a person's own page, and returns the fields of the page with everything ticked. */
async function openOwnFields(
  of: PublicRecords,
  phoneId = of.receiptPhoneId,
): Promise<Record<string, string>> {
  const person = { ...of.ctx, actor: { type: "person", phoneId, code: "sms" } as const };
  const form = await readOwnForm(person, { formId: of.formId });
  const page = {
    url: "https://rf.example/my/acme/agree/form",
    title: "Agree",
    language: "en",
    text: "",
    disclosures: form.disclosures.map(({ id, version }) => ({ id, version })),
  };
  const opened = { formId: of.formId, version: form.version, page };
  const ticked = form.disclosures.flatMap(({ id, terms }) => [
    [`box-${id}`, "on"],
    [`purpose-${id}`, terms.purposes[0] ?? ""],
    [`channel-${id}`, terms.channels[0] ?? ""],
  ]);
  return { ...(await openOwnForm(person, opened)), name: "Ada", ...Object.fromEntries(ticked) };
}

/** Access by the code of a message. */
function byCode(
  use: "person code" | "confirmation code",
  {
    id,
    bound = () => [],
    address,
  }: {
    id: (of: PublicRecords) => string;
    bound?: (of: PublicRecords) => readonly string[];
    address: (of: PublicRecords, by: OrganizationId) => string;
  },
): PublicAccess {
  const findCode = (of: PublicRecords, organizationId = of.ctx.organizationId) =>
    createCode(of.ctx.keys, use, { organizationId, id: id(of), bound: bound(of) });
  const request = (of: PublicRecords, code: string, reference = id(of)): PublicRequest => ({
    params: { address: address(of, of.ctx.organizationId), reference },
    fields: { code },
  });
  return {
    right: (of) => request(of, findCode(of)),
    wrong: (of) => {
      const code = findCode(of);
      return {
        guessed: request(of, code === "000000" ? "000001" : "000000"),
        "on the page of another organization": {
          ...request(of, code),
          params: { address: address(of, of.stranger), reference: id(of) },
        },
        "with the code of another organization": request(of, findCode(of, of.stranger)),
        "of nobody": request(of, code, nobody),
      };
    },
  };
}

/** Access by the token of a form that was shown. */
const byHostedForm: PublicAccess = {
  right: ({ hostedAddress, hosted }) => toSubmission(hostedAddress, hosted),
  wrong: ({ hostedAddress, hosted, expiredToken, stranger, ctx: { organizationId } }) => {
    const theirs = hostedAddress.replace(
      formatPublicAddress(organizationId),
      formatPublicAddress(stranger),
    );
    const forged = { ...hosted, token: `${hosted.token.slice(0, -6)}AAAAAA` };
    return {
      forged: toSubmission(hostedAddress, forged),
      expired: toSubmission(hostedAddress, { ...hosted, token: expiredToken }),
      "with a changed page": toSubmission(hostedAddress, {
        ...hosted,
        page: hosted.page.replace("contact", "telephone"),
      }),
      "of another organization": toSubmission(theirs, hosted),
    };
  },
};

const toSubmission = (
  address: string,
  { token, page, fields }: Everything["hosted"],
): PublicRequest => ({
  params: { address },
  fields: {
    token,
    page,
    phone: fields.phone,
    ...Object.fromEntries(fields.ticked.map((id) => [`box-${id}`, "on"])),
  },
});

/** The address to which a provider sends the browser back. */
const providerReturn: PublicAccess = {
  right: async ({ providers }) => {
    const { search, cookies } = await providers.ours.signIn();
    return { search, cookies };
  },
  wrong: async ({ providers: { ours, theirs } }) => {
    const [first, second, stranger] = [
      await ours.signIn(),
      await ours.signIn(),
      await theirs.signIn(),
    ];
    return {
      "from another browser": { search: first.search },
      "of another attempt": { search: first.search, cookies: second.cookies },
      "of another organization's provider": { search: stranger.search, cookies: first.cookies },
      "in another organization's browser": { search: first.search, cookies: stranger.cookies },
      forged: { search: first.search.replace(/code=[^&]+/, "code=forged"), cookies: first.cookies },
      expired: { search: second.search, cookies: second.expiredCookies },
    };
  },
  // A refused one leads to a page for signing in.
  accepted: /^303 \/ /,
};

const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

/** Creates the claims of a logout token, as a provider makes them. */
function createLogout(
  { provider }: ConnectedProvider,
  { ageSeconds = 0, validSeconds = 60 }: { ageSeconds?: number; validSeconds?: number } = {},
) {
  const iat = Math.floor(Date.now() / 1_000) - ageSeconds;
  return {
    iss: provider.issuer,
    aud: provider.clientId,
    sub: "visitor",
    jti: crypto.randomUUID(),
    iat,
    exp: iat + validSeconds,
    events: { [LOGOUT_EVENT]: {} },
  };
}

/** The address to which a provider sends logout tokens. */
const providerLogout: PublicAccess = {
  right: async (of) => {
    const { ours } = of.providers;
    return toLogout(of.ctx.organizationId, await ours.provider.sign(createLogout(ours)));
  },
  wrong: async (of: PublicRecords) => {
    const { ours, theirs } = of.providers;
    const post = async (by: ConnectedProvider, claims: ReturnType<typeof createLogout>) =>
      toLogout(of.ctx.organizationId, await by.provider.sign(claims));
    return {
      forged: await post(theirs, createLogout(ours)),
      "of another organization's provider": await post(theirs, createLogout(theirs)),
      "to another organization": toLogout(
        of.stranger,
        await ours.provider.sign(createLogout(ours)),
      ),
      expired: await post(ours, createLogout(ours, { ageSeconds: 90 })),
      "issued long ago": await post(
        ours,
        createLogout(ours, { ageSeconds: 200, validSeconds: 600 }),
      ),
      missing: toLogout(of.ctx.organizationId, ""),
    };
  },
  accepted: /^200/,
};

const toLogout = (organizationId: OrganizationId, token: string): PublicRequest => ({
  params: { organization: formatPublicAddress(organizationId) },
  fields: { logout_token: token },
});

/** Pages and routes that no session opens: how to use each, or why everybody may. */
export const publicPages: Readonly<Record<string, PublicAccess | string>> = {
  "GET api/auth/[...nextauth]": "public: the form of a sign-in, and whether somebody is signed in",
  "POST api/auth/[...nextauth]": "a password or passkey: sign-in.int.test.ts, passkeys.int.test.ts",
  "GET api/oidc/[organization]/start": { ...byAddress(), accepted: /^303 http/ },
  "GET api/oidc/callback": providerReturn,
  "POST api/oidc/[organization]/logout": providerLogout,
  "agreed/[receipt]": byLink({ ...consentReceipt, name: "receipt" }),
  "GET agreed/[receipt]/[consent]/json": byLink({
    ...consentReceipt,
    name: "receipt",
    more: ofConsent,
  }),
  "GET agreed/[receipt]/[consent]/pdf": byLink({
    ...consentReceipt,
    name: "receipt",
    more: ofConsent,
  }),
  "c/[link]": byLink({ ...confirmation, name: "link" }),
  "f/[form]": byForm(),
  "f/[form]/paper": byForm(),
  "f/[form]/sent": byForm(),
  "first-password": "a session that still has to choose a password",
  "join/[link]": {
    ...byLink({ name: "link", use: "member link", id: ({ memberLinkId }) => memberLinkId }),
    prepare: setEndOfMemberLink(inAnHour),
    expire: setEndOfMemberLink(longAgo),
  },
  my: "public: lists the organizations",
  "my/[organization]": byAddress(),
  "my/[organization]/code": byAddress(),
  "my/[organization]/handed": byAddress(),
  "my/[organization]/agree/[form]": byOwnForm,
  "GET my/[organization]/data": byOwnRecordFile(),
  "GET my/[organization]/record": byOwnRecordFile(),
  "r/[receipt]": byLink(receipt),
  "GET r/[receipt]/json": byLink(receipt),
  "GET r/[receipt]/pdf": byLink(receipt),
  "s/[link]": byLink(stop),
  "GET s/[link]/refuse": "leads to the page of the link",
  "POST s/[link]/refuse": withFields(byLink(stop), { whole: "true" }),
  "second-factor": "a session that still has to prove its second factor",
  sheet: "public: components without data",
  "sign-in": "public",
  "sign-in/[organization]": "public",
  stop: "public: lists the organizations",
  "stop/[organization]": byAddress(),
  "stop/[organization]/done": byAddress(),
  "GET stop/[organization]/refuse": "leads to the page of the organization",
  "POST stop/[organization]/refuse": withFields(byAddress(), {
    phone: "+12025550143",
    whole: "true",
  }),
  verify: "public: checks a file in the browser",
  "weekly-report/[link]": byLink(report),
  "GET weekly-report/[link]/stop": "leads to the page of the link",
  "POST weekly-report/[link]/stop": withFields(byLink(report), { stop: "true" }),
};

const address = { address: (_: PublicRecords, by: OrganizationId) => formatPublicAddress(by) };

/** Actions of forms on those pages: functions that a browser calls. */
export const publicActions: Readonly<Record<string, PublicAccess | string>> = {
  submitCode: {
    ...byCode("confirmation code", {
      id: ({ confirmationId }) => confirmationId,
      address: ({ formId }, organizationId) => formatFormAddress({ organizationId, formId }),
    }),
    prepare: setEndOfConfirmation(inAnHour),
    expire: setEndOfConfirmation(longAgo),
  },
  answerConfirmation: withFields(byLink({ ...confirmation, name: "link" }), { answer: "disown" }),
  hideOwnRecord: "closes the record in the browser that asks",
  requestOwnCode: withFields(byAddress("address"), { phone: "+12025550143" }),
  submitOwnCode: {
    ...byCode("person code", {
      id: ({ personCodeId }) => personCodeId,
      bound: bindSms,
      ...address,
    }),
    prepare: setCode({}),
    expire: setCode({ createdAt: longAgo }),
  },
  submitHandedCode: {
    ...byHandedCode,
    prepare: setCode({ handedOutBy: ({ ownerId }) => ownerId }),
    expire: setCode({ createdAt: longAgo, handedOutBy: ({ ownerId }) => ownerId }),
  },
  sendComplaint: {
    ...byOpenedRecord(({ owner }) => ({ owner }), { text: "They called at night." }),
    accepted: /complained=/,
  },
  declineOwnTopics: {
    ...byOpenedRecord(({ owner }) => ({ owner }), { topic: "marketing" }),
    accepted: /[?&]declined=/,
  },
  chooseOwnPreferences: {
    ...byOpenedRecord(({ owner }) => ({ owner }), { day: "MO", from: "10:00", to: "24:00" }),
    accepted: /[?&]chosen=/,
  },
  agreeOnOwnPage: { ...byOwnAgreement, accepted: /[?&]agreed=/ },
  withdrawConsent: {
    ...byOpenedRecord(({ receipt }) => ({ consentId: receipt })),
    accepted: /[?&]withdrawn=/,
  },
  withdrawConsentByReceipt: byLink({ ...consentReceipt, name: "link", more: ofConsent }),
  sendHostedForm: { ...byHostedForm, accepted: /agreed|sent/ },
};
