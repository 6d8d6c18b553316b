import { ChangeMember } from "@ringfence/core/account/member";
import { FileComplaint } from "@ringfence/core/desk/complaint";
import { MemberId, SellerId } from "@ringfence/core/ids";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { expect, it } from "vitest";
import { aCalledPerson, aComplaint, complain, file } from "../../../testing/complaints.ts";
import { aContext, db } from "../../../testing/scenes.ts";
import type { RootContext } from "../../platform/context.ts";
import { listEvidencePacks } from "../evidence-pack/make-pack.ts";
import { decideComplaint } from "./decide-complaint.ts";
import { assignComplaint } from "./handle-complaint.ts";
import { fileComplaint } from "./file-complaint.ts";
import { linkCall, unlinkCall } from "./linked-calls.ts";
import { listComplaints } from "./list-complaints.ts";
import { readComplaint } from "./read-complaint.ts";

const list = (ctx: RootContext, filters: object = {}) => listComplaints.receive(ctx, filters);
const texts = async (ctx: RootContext, filters: object = {}) =>
  (await list(ctx, filters)).items.map(({ text }) => text);

it("lists open complaints by deadline, and decided ones with the latest first", async () => {
  const { office, person, phone } = await aCalledPerson();
  const first = await complain(person, { text: "First" });
  const regulator = { authority: "ICO", answerBy: "2090-01-01" };
  await file(office, { phone, text: "Last", source: "regulator", regulator });
  const second = await file(office, { phone, text: "Second" });
  expect(await texts(office)).toEqual(["First", "Second", "Last"]);
  for (const complaintId of [first, second]) {
    await decideComplaint(office, { complaintId, decision: "upheld", text: "Sorry." });
  }
  expect(await texts(office, { isDecided: true })).toEqual(["Second", "First"]);
  expect((await list(office)).items).toMatchObject([{ phone, regulator: "ICO", calls: 0 }]);
});

it("narrows the list by source, urgency and assignee", async () => {
  const { officer, another, person, complaintId } = await aComplaint({ text: "Mine" });
  const { organizationId } = officer;
  const overdue = await complain(person, { text: "Overdue" });
  await db.prisma.complaint.updateMany({
    where: { organizationId, id: overdue },
    data: { dueAt: new Date("2026-01-01T00:00:00Z") },
  });
  await file(officer, { phone: aNumber(), text: "By letter", source: "mail" });
  const assigneeId = MemberId.parse(officer.actor.id);
  await assignComplaint(officer, { complaintId, assigneeId });
  expect(await texts(officer, { source: "mail" })).toEqual(["By letter"]);
  expect(await texts(officer, { isUrgent: true })).toEqual(["Overdue"]);
  expect((await list(officer, { isUrgent: true })).items).toMatchObject([{ isOverdue: true }]);
  expect(await texts(officer, { isMine: true })).toEqual(["Mine"]);
  expect(await texts(another, { isMine: true })).toEqual([]);
});

it("continues from a cursor, without a gap and without a repeat", async () => {
  const ctx = await aContext();
  for (let count = 0; count < 51; count++) await file(ctx, { phone: aNumber(), source: "mail" });
  const { items, next } = await list(ctx);
  expect(items).toHaveLength(50);
  const rest = await list(ctx, { after: next });
  expect(rest).toMatchObject({ next: null });
  expect(new Set([...items, ...rest.items].map(({ id }) => id)).size).toBe(51);
});

it("shows nothing of a complaint or its calls to members who work for some sellers only", async () => {
  const { office, complaintId, callId, phone } = await aComplaint();
  const shop = SellerId.parse(await aSeller(db, office.organizationId, "shop"));
  for (const role of ["agent", "marketer"] as const) {
    const actor = { type: "member", id: "bo", role, sellerIds: [shop], isProven: true } as const;
    const limited: RootContext = { ...office, actor };
    const attempts = [
      () => list(limited),
      () => readComplaint(limited, complaintId),
      () => linkCall(limited, { complaintId, callId }),
      () => unlinkCall(limited, { complaintId, callId }),
      () => decideComplaint(limited, { complaintId, decision: "upheld", text: "Sorry." }),
      () => listEvidencePacks(limited, complaintId),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
    const said = { phone, text: "They called again." };
    const acme = FileComplaint.parse({ ...said, seller: "acme" });
    await expect(fileComplaint(limited, acme)).rejects.toMatchObject({
      explanation: { key: "error.seller-not-yours" },
    });
    const filed = await fileComplaint(limited, FileComplaint.parse(said));
    expect(Object.keys(filed).toSorted()).toEqual([
      "dueAt",
      "id",
      "optOut",
      "phoneId",
      "receivedAt",
    ]);
  }
});

it("is for officers and auditors, who work for all sellers: no change of role can limit them", () => {
  const position = {
    memberId: MemberId.parse(crypto.randomUUID()),
    sellerIds: [crypto.randomUUID()],
  };
  for (const role of ["owner", "officer", "auditor"] as const) {
    expect(ChangeMember.parse({ ...position, role }).sellerIds).toEqual([]);
  }
  expect(ChangeMember.parse({ ...position, role: "agent" }).sellerIds).toHaveLength(1);
});
