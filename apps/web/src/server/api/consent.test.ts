import type { Role } from "@ringfence/core/platform/access";
import { MemberId, OrganizationId, SessionId } from "@ringfence/core/ids";
import type { Db } from "@ringfence/db";
import type { FileStore } from "@ringfence/services/platform/files";
import type { Keys } from "@ringfence/services/platform/keys";
import { expect, it } from "vitest";
import { createCaller } from ".";

const id = "0195a000-0000-7000-8000-000000000001";

/** Creates a caller without a database, because access is denied before anything is read. */
function callAs(role: Role | null) {
  const member = role && {
    memberId: MemberId.parse(id),
    sessionId: SessionId.parse(id),
    organizationId: OrganizationId.parse(id),
    organizationName: "Example Group",
    name: "Ada",
    email: "ada@example.com",
    role,
    sellerIds: [],
    locale: "en" as const,
    zone: "UTC",
    theme: "auto" as const,
    hasSingleKeys: true,
    hasWeeklyReport: false,
    hasFirstSteps: true,
    hasFirstPassword: false,
    isProven: true,
    hasSecondFactor: false,
    hasPasskey: false,
    secondFactorFrom: null,
    needsSecondFactor: false,
    isByProvider: false,
    proves: "password" as const,
  };
  return createCaller({
    db: {} as Db,
    keys: {} as Keys,
    files: {} as FileStore,
    locale: "en",
    member,
    signedIn: member,
    session: null,
    browserToken: async () => "a browser",
  });
}

type Offline = Parameters<ReturnType<typeof callAs>["consent"]["recordOffline"]>[0];
const offline: Offline = {
  phone: "+12015550100",
  means: "phone",
  asked: { text: "May we call?", language: "en", purposes: ["marketing"], channels: ["sms"] },
  file: id,
};
const letter = { phoneId: id, consents: [id], receivedAt: "2026-03-01T00:00:00Z", file: id };

it.each(["marketer", "auditor", "developer"] as const)(
  "does not let a %s record a spoken or signed consent, or a letter",
  async (role) => {
    const { consent } = callAs(role);
    await expect(consent.recordOffline(offline)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(consent.recordLetter(letter)).rejects.toMatchObject({ code: "FORBIDDEN" });
  },
);

it("rejects callers who are not signed in", async () => {
  const { consent } = callAs(null);
  await expect(consent.recordOffline(offline)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(consent.recordLetter(letter)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

it.each([
  ["without a file", { file: undefined }],
  ["in words that ask nothing", { asked: { ...offline.asked, purposes: [] } }],
  ["by a form, to none of its texts", { asked: { form: id, version: 1, disclosures: [] } }],
  ["by another channel", { means: "website_form" }],
])("rejects a consent %s", async (_, more) => {
  const { consent } = callAs("agent");
  const input = { ...offline, ...more } as Offline;
  await expect(consent.recordOffline(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});
