import { CallId, ComplaintId, PhoneId } from "@ringfence/core/ids";
import { FileComplaint, MakeComplaint } from "@ringfence/core/desk/complaint";
import { aNumber } from "@ringfence/db/testing";
import type { z } from "zod";
import { recordCalls } from "../src/calling/call/record.ts";
import { fileComplaint, makeComplaint } from "../src/desk/complaint/file-complaint.ts";
import type { PersonContext } from "../src/platform/access/person-context.ts";
import type { RootContext } from "../src/platform/context.ts";
import { aContext, db } from "./scenes.ts";

/** Creates a person who was called, and a context in which verbs run for them. */
export async function aCalledPerson() {
  const office = await aContext();
  const { organizationId } = office;
  const phone = aNumber();
  const call = { phone, seller: "acme", purpose: "marketing", at: "2026-01-06T10:00:00Z" };
  await recordCalls(office, { rows: [{ ...call, externalId: "1" }] });
  const row = await db.prisma.call.findFirstOrThrow({ where: { organizationId } });
  const phoneId = PhoneId.parse(row.phoneId);
  const person = { ...office, actor: { type: "person", phoneId } as const };
  return { office, person, phone, phoneId, callId: CallId.parse(row.id) };
}

const parseId = ({ id }: { id?: ComplaintId }) => ComplaintId.parse(id);

/** Records a complaint that a person writes on their own page. */
export const complain = async (
  person: PersonContext,
  said: Partial<z.input<typeof MakeComplaint>> = {},
) => parseId(await makeComplaint(person, MakeComplaint.parse({ text: "Enough.", ...said })));

type Filed = Partial<z.input<typeof FileComplaint>> & { phone: string };

/** Records a complaint that a member takes down. */
export const file = async (ctx: RootContext, said: Filed) =>
  parseId(await fileComplaint(ctx, FileComplaint.parse({ text: "Enough.", ...said })));

/** Creates a complaint of a person who was called, and a second officer. */
export async function aComplaint(said: Partial<z.input<typeof MakeComplaint>> = {}) {
  const called = await aCalledPerson();
  const { organizationId } = called.office;
  const createOfficer = async (name: string) => {
    const email = `${name}@${organizationId}.example`;
    const member = await db.prisma.member.create({
      data: { organizationId, email, name, role: "officer", passwordHash: "x" },
    });
    const actor = { type: "member", id: member.id, role: "officer", sellerIds: [] } as const;
    return { ...called.office, actor };
  };
  const officer = await createOfficer("ada");
  const complaintId = await complain(called.person, { callId: called.callId, ...said });
  return { ...called, officer, another: await createOfficer("grace"), complaintId };
}
