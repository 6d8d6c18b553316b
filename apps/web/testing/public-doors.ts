import { formatPublicAddress } from "@ringfence/core/account/organization";
import { formatFormAddress } from "@ringfence/core/consents/capture-form";
import { CaptureFormId, OrganizationId } from "@ringfence/core/ids";
import {
  type LinkUse,
  createCode,
  writeLink,
} from "@ringfence/services/platform/keys/links-and-codes";
import type { Everything } from "@ringfence/services/testing/organization-with-everything";

/** An organization with everything, another one, and a function to seal who opened a record. */
export type DoorRecords = Everything & {
  stranger: OrganizationId;
  owner: string;
};

/** What somebody asks a public page with. */
export type Knock = {
  params?: Readonly<Record<string, string>>;
  /** Fields of a form. */
  fields?: Readonly<Record<string, string>>;
  /** Content of the cookie that an opened record has. */
  cookie?: string;
};

/** A page, a route (`GET r/[receipt]/json`) or an action (`withdrawConsent`) that no session opens. */
export type Door = {
  /** What opens it. */
  right: (of: DoorRecords) => Knock;
  /** What must not open it, by name: forged, of another organization, for another use. */
  wrong: (of: DoorRecords) => Readonly<Record<string, Knock>>;
  /** What an answer of the open door has, if it is not enough that it is no refusal. */
  opens?: RegExp;
  /** Makes what opens it valid. */
  prepare?: (of: DoorRecords) => Promise<unknown>;
  /** Lets what opens it expire. */
  expire?: (of: DoorRecords) => Promise<unknown>;
};

const nobody = "0195a000-0000-7000-8000-000000000001";

type Linked = { name: string; use: LinkUse; id: (of: DoorRecords) => string; more?: Params };
type Params = (of: DoorRecords) => Readonly<Record<string, string>>;

/** A door that opens by a signed link. */
function byLink({ name, use, id, more = () => ({}) }: Linked): Door {
  const write = (of: DoorRecords, organizationId: OrganizationId, by = use) =>
    writeLink(of.ctx.keys, by, { organizationId, id: id(of) });
  const knock = (of: DoorRecords, link: string): Knock => ({
    params: { [name]: link, ...more(of) },
  });
  return {
    right: (of) => knock(of, write(of, of.ctx.organizationId)),
    wrong: (of) => {
      const link = write(of, of.ctx.organizationId);
      const bytes = Buffer.from(link, "base64url");
      Buffer.from(of.stranger.replaceAll("-", ""), "hex").copy(bytes);
      const other = use === "stop link" ? "receipt link" : "stop link";
      return {
        forged: knock(of, link.slice(0, -4) + (link.endsWith("AAAA") ? "BBBB" : "AAAA")),
        "of another organization": knock(of, write(of, of.stranger)),
        "changed to another organization": knock(of, bytes.toString("base64url")),
        "for another use": knock(of, write(of, of.ctx.organizationId, other)),
      };
    },
  };
}

const setOpened =
  (openedAt: () => Date | null) =>
  ({ ctx: { db, organizationId }, personCodeId: id }: DoorRecords) =>
    db.prisma.personCode.updateMany({
      where: { organizationId, id },
      data: { openedAt: openedAt() },
    });

const withFields = (door: Door, fields: Readonly<Record<string, string>>): Door => ({
  ...door,
  right: (of) => ({ ...door.right(of), fields }),
  wrong: (of) =>
    Object.fromEntries(
      Object.entries(door.wrong(of)).map(([name, knock]) => [name, { ...knock, fields }]),
    ),
});

/** A door that opens by an organization's public address. */
const byAddress = (name = "organization"): Door => ({
  right: ({ ctx }) => ({ params: { [name]: formatPublicAddress(ctx.organizationId) } }),
  wrong: () => ({
    "of no organization": { params: { [name]: formatPublicAddress(OrganizationId.parse(nobody)) } },
    "that is none": { params: { [name]: "acme" } },
  }),
});

/** A door that opens by a form's public address. */
const byForm = (name = "form"): Door => ({
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
  id: (of: DoorRecords) => of.confirmationId,
} as const;
const consentReceipt = {
  use: "consent receipt link",
  id: (of: DoorRecords) => of.receipt,
} as const;
const receipt = {
  name: "receipt",
  use: "receipt link",
  id: (of: DoorRecords) => of.optOut.id,
} as const;
const stop = { name: "link", use: "stop link", id: (of: DoorRecords) => of.optOutPhoneId } as const;
const ofConsent: Params = ({ receipt }) => ({ consent: receipt });

/** A door that opens by the cookie of an opened record. */
const byOpenedRecord = (more: Params, fields = {}): Door => {
  const door = byLink({ name: "cookie", use: "own record link", id: (of) => of.personCodeId });
  const toKnock = (of: DoorRecords, { params: { cookie = "" } = {} }: Knock): Knock => ({
    cookie,
    params: { address: formatPublicAddress(of.ctx.organizationId), ...more(of) },
    fields,
  });
  return {
    right: (of) => toKnock(of, door.right(of)),
    wrong: (of) => ({
      missing: toKnock(of, {}),
      ...Object.fromEntries(
        Object.entries(door.wrong(of)).map(([name, knock]) => [name, toKnock(of, knock)]),
      ),
    }),
    prepare: setOpened(() => new Date()),
    expire: setOpened(() => new Date(0)),
  };
};

/** A door that opens by the code of a message. */
function byCode(
  use: "person code" | "confirmation code",
  {
    id,
    address,
  }: { id: (of: DoorRecords) => string; address: (of: DoorRecords, by: OrganizationId) => string },
): Door {
  const findCode = (of: DoorRecords, organizationId = of.ctx.organizationId) =>
    createCode(of.ctx.keys, use, { organizationId, id: id(of) });
  const knock = (of: DoorRecords, code: string, reference = id(of)): Knock => ({
    params: { address: address(of, of.ctx.organizationId), reference },
    fields: { code },
  });
  return {
    right: (of) => knock(of, findCode(of)),
    wrong: (of) => {
      const code = findCode(of);
      return {
        guessed: knock(of, code === "000000" ? "000001" : "000000"),
        "on the page of another organization": {
          ...knock(of, code),
          params: { address: address(of, of.stranger), reference: id(of) },
        },
        "with the code of another organization": knock(of, findCode(of, of.stranger)),
        "of nobody": knock(of, code, nobody),
      };
    },
  };
}

/** A door that opens by the token of a form that was shown. */
const byHostedForm: Door = {
  right: ({ hostedAddress, hosted }) => toSubmission(hostedAddress, hosted),
  wrong: ({ hostedAddress, hosted, stranger, ctx: { organizationId } }) => {
    const theirs = hostedAddress.replace(
      formatPublicAddress(organizationId),
      formatPublicAddress(stranger),
    );
    const forged = { ...hosted, token: `${hosted.token.slice(0, -6)}AAAAAA` };
    return {
      forged: toSubmission(hostedAddress, forged),
      "with a changed page": toSubmission(hostedAddress, {
        ...hosted,
        page: hosted.page.replace("contact", "telephone"),
      }),
      "of another organization": toSubmission(theirs, hosted),
    };
  },
};

const toSubmission = (address: string, { token, page, fields }: Everything["hosted"]): Knock => ({
  params: { address },
  fields: {
    token,
    page,
    phone: fields.phone,
    ...Object.fromEntries(fields.ticked.map((id) => [`box-${id}`, "on"])),
  },
});

/** Pages and routes outside the workspace, and what opens them. */
export const publicDoors: Readonly<Record<string, Door | string>> = {
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
    expire: ({ ctx: { db, organizationId }, memberLinkId: id }) =>
      db.prisma.memberLink.updateMany({
        where: { organizationId, id },
        data: { createdAt: new Date(0), expiresAt: new Date(1) },
      }),
  },
  my: "public: lists the organizations",
  "my/[organization]": byAddress(),
  "my/[organization]/code": byAddress(),
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
};

const address = { address: (_: DoorRecords, by: OrganizationId) => formatPublicAddress(by) };

/** Actions of forms on those pages: functions that a browser calls. */
export const publicActions: Readonly<Record<string, Door | string>> = {
  submitCode: byCode("confirmation code", {
    id: ({ confirmationId }) => confirmationId,
    address: ({ formId }, organizationId) => formatFormAddress({ organizationId, formId }),
  }),
  answerConfirmation: withFields(byLink({ ...confirmation, name: "link" }), { answer: "disown" }),
  hideOwnRecord: "closes the record in the browser that asks",
  requestOwnCode: withFields(byAddress("address"), { phone: "+12025550143" }),
  submitOwnCode: {
    ...byCode("person code", { id: ({ personCodeId }) => personCodeId, ...address }),
    prepare: setOpened(() => null),
  },
  sendComplaint: {
    ...byOpenedRecord(({ owner }) => ({ owner }), { text: "They called at night." }),
    opens: /complained=/,
  },
  withdrawConsent: {
    ...byOpenedRecord(({ receipt }) => ({ consentId: receipt })),
    opens: /[?&]withdrawn=/,
  },
  withdrawConsentByReceipt: byLink({ ...consentReceipt, name: "link", more: ofConsent }),
  sendHostedForm: { ...byHostedForm, opens: /agreed|sent/ },
};
