import { describe, expect, it } from "vitest";
import { aComplaint } from "../../../testing/complaints.ts";
import { as, db } from "../../../testing/scenes.ts";
import { appealComplaint, decideComplaint, withdrawComplaint } from "./decide-complaint.ts";
import { readComplaint } from "./read-complaint.ts";

const text = "The consent of 5 January covers the call.";

describe("a decision", () => {
  it("closes the complaint with its reasons and who decided", async () => {
    const { officer, complaintId } = await aComplaint();
    await decideComplaint(officer, { complaintId, decision: "rejected", text });
    const decided = await readComplaint(officer, complaintId);
    expect(decided).toMatchObject({
      decision: "rejected",
      decidedAt: expect.any(Date),
      decidedBy: { name: "ada" },
      isOverdue: false,
    });
    expect(decided.steps.at(-1)).toMatchObject({
      kind: "decided",
      details: { decision: "rejected" },
      text,
    });
  });

  it("is made once, even by two officers at once", async () => {
    const { officer, another, complaintId } = await aComplaint();
    const outcomes = await Promise.allSettled(
      [officer, another].map((ctx) =>
        decideComplaint(ctx, { complaintId, decision: "upheld", text }),
      ),
    );
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("is not open to agents or auditors", async () => {
    const { office, complaintId } = await aComplaint();
    for (const role of ["agent", "auditor", "marketer", "developer"] as const) {
      await expect(
        decideComplaint(as(office, role), { complaintId, decision: "rejected", text }),
      ).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it("needs reasons", () => {
    const input = { complaintId: crypto.randomUUID(), decision: "upheld", text: " " };
    expect(decideComplaint.input.safeParse(input).success).toBe(false);
  });
});

describe("an appeal", () => {
  const appealed = async () => {
    const scene = await aComplaint();
    const { officer, complaintId } = scene;
    await decideComplaint(officer, { complaintId, decision: "rejected", text });
    await appealComplaint(officer, { complaintId, text: "They do not accept it." });
    return scene;
  };

  it("opens the complaint with a new deadline, and keeps what was decided", async () => {
    const { officer, complaintId } = await appealed();
    const open = await readComplaint(officer, complaintId);
    expect(open).toMatchObject({ decision: null, decidedAt: null, appealedAt: expect.any(Date) });
    expect(open.dueAt.getTime()).toBeGreaterThan(Date.now());
    expect(open.steps.map(({ kind }) => kind)).toEqual(["received", "decided", "appealed"]);
  });

  it("is decided by another officer, and not withdrawn by the first one", async () => {
    const { officer, another, complaintId } = await appealed();
    const fault = { explanation: { key: "complaint.appeal-needs-another" } };
    await expect(
      decideComplaint(officer, { complaintId, decision: "upheld", text }),
    ).rejects.toMatchObject(fault);
    await expect(withdrawComplaint(officer, { complaintId, text })).rejects.toMatchObject(fault);
    expect((await readComplaint(officer, complaintId)).appealFault).not.toBeNull();
    expect((await readComplaint(another, complaintId)).appealFault).toBeNull();
    await decideComplaint(another, { complaintId, decision: "upheld", text });
    await appealComplaint(another, { complaintId, text });
    for (const decider of [officer, another]) {
      await expect(
        decideComplaint(decider, { complaintId, decision: "upheld", text }),
      ).rejects.toMatchObject(fault);
    }
  });

  it("is decided by another officer than the one who says that it was withdrawn", async () => {
    const { officer, another, complaintId } = await aComplaint();
    await withdrawComplaint(officer, { complaintId, text: "They called and took it back." });
    await appealComplaint(another, { complaintId, text: "They say that they never called." });
    await expect(
      decideComplaint(officer, { complaintId, decision: "rejected", text }),
    ).rejects.toMatchObject({ explanation: { key: "complaint.appeal-needs-another" } });
    await decideComplaint(another, { complaintId, decision: "upheld", text });
  });

  it("is possible only against a decision", async () => {
    const { officer, complaintId } = await aComplaint();
    await expect(appealComplaint(officer, { complaintId, text })).rejects.toMatchObject({
      explanation: { key: "complaint.not-decided" },
    });
  });
});

it("closes a complaint that the person withdraws", async () => {
  const { officer, complaintId } = await aComplaint();
  await withdrawComplaint(officer, { complaintId, text: "They called and took it back." });
  expect(await readComplaint(officer, complaintId)).toMatchObject({ decision: "withdrawn" });
});

it("rejects changes of its history", async () => {
  const { officer } = await aComplaint();
  const { organizationId } = officer;
  await expect(db.prisma.complaintEvent.deleteMany({ where: { organizationId } })).rejects.toThrow(
    /append-only|may not be changed|refuse/i,
  );
  await expect(
    db.prisma.complaintEvent.updateMany({ where: { organizationId }, data: { kind: "noted" } }),
  ).rejects.toThrow(/append-only|may not be changed|refuse/i);
});
