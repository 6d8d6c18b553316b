import type { ComplaintId, PhoneId } from "@ringfence/core/ids";
import { MakeComplaint } from "@ringfence/core/desk/complaint";
import {
  addComplaintTask,
  answerComplaint,
  appealComplaint,
  assignComplaint,
  decideComplaint,
  fileComplaint,
  makeComplaint,
  moveDeadline,
  noteComplaint,
  withdrawComplaint,
} from "@ringfence/services/desk/complaint";
import type { FileContext } from "@ringfence/services/context";
import { DAY_MS, type Scene, type Stage } from "./stage.ts";

/** A call of the year, about which somebody complains. */
export type KnownCall = { phone: string; phoneId: PhoneId; at: Date };

type Filed = { stage: Stage; officer: FileContext; complaintId: ComplaintId };
type Step = { days: number; act: (filed: Filed) => Promise<unknown> };

/** A complaint of the year: how it came, what it says, and what was done days later. */
type Case = {
  key: string;
  daysBeforeEnd: number;
  source: "agent" | "mail" | "regulator" | "page";
  text: string;
  refusesCalls: boolean;
  steps: readonly Step[];
};

const answerByMail =
  (text: string): Step["act"] =>
  ({ officer, complaintId }) =>
    answerComplaint(officer, { complaintId, text, channel: "mail", locale: "en" });

const cases: readonly Case[] = [
  {
    key: "dinner",
    daysBeforeEnd: 305,
    source: "mail",
    text: "You called me at dinner. I have had your card for years and I do not need another one.",
    refusesCalls: true,
    steps: [
      {
        days: 3,
        act: ({ officer, complaintId }) =>
          noteComplaint(officer, { complaintId, text: "The call was screened and had a permit." }),
      },
      {
        days: 9,
        act: answerByMail(
          "The call was within the hours that the law allows, and you had agreed to it. We will not call you again.",
        ),
      },
      {
        days: 9.1,
        act: ({ officer, complaintId }) =>
          decideComplaint(officer, {
            complaintId,
            decision: "rejected",
            text: "There is a consent of the year before, and the call was within hours.",
          }),
      },
    ],
  },
  {
    key: "regulator",
    daysBeforeEnd: 236,
    source: "regulator",
    text: "The consumer states that she asked Demo Bank not to call, and was called again.",
    refusesCalls: true,
    steps: [
      {
        days: 1,
        act: ({ officer, complaintId, stage }) =>
          assignComplaint(officer, { complaintId, assigneeId: stage.idOf("officer") }),
      },
      {
        days: 2,
        act: ({ officer, complaintId }) =>
          addComplaintTask(officer, {
            complaintId,
            title: "Ask the call center for the recording",
          }),
      },
      {
        days: 12,
        act: answerByMail(
          "The dialer did not verify the permit of this call. It does since the next day. We apologize.",
        ),
      },
      {
        days: 12.1,
        act: ({ officer, complaintId }) =>
          decideComplaint(officer, {
            complaintId,
            decision: "upheld",
            text: "She had refused calls, as the recording shows.",
          }),
      },
    ],
  },
  {
    key: "twice",
    daysBeforeEnd: 160,
    source: "page",
    text: "Two calls in one week about the same loan.",
    refusesCalls: false,
    steps: [
      {
        days: 6,
        act: ({ officer, complaintId }) =>
          decideComplaint(officer, {
            complaintId,
            decision: "partly-upheld",
            text: "Both calls were allowed, but the second agent did not know of the first.",
          }),
      },
    ],
  },
  {
    key: "taken-back",
    daysBeforeEnd: 118,
    source: "agent",
    text: "She says that somebody gave her number to the bank without asking her.",
    refusesCalls: false,
    steps: [
      {
        days: 1,
        act: ({ officer, complaintId }) =>
          withdrawComplaint(officer, { complaintId, text: "It was her son. She called back." }),
      },
    ],
  },
  {
    key: "appealed",
    daysBeforeEnd: 44,
    source: "mail",
    text: "I never agreed to be called, whatever your records say.",
    refusesCalls: true,
    steps: [
      {
        days: 10,
        act: ({ officer, complaintId }) =>
          decideComplaint(officer, {
            complaintId,
            decision: "rejected",
            text: "The website form shows the consent with its text and time.",
          }),
      },
      {
        days: 30,
        act: ({ officer, complaintId }) =>
          appealComplaint(officer, {
            complaintId,
            text: "He writes that he never used the website, and asks for the proof.",
          }),
      },
    ],
  },
  {
    key: "answered",
    daysBeforeEnd: 9,
    source: "mail",
    text: "Your agent went on talking after I said no.",
    refusesCalls: true,
    steps: [
      {
        days: 2,
        act: ({ officer, complaintId, stage }) =>
          assignComplaint(officer, { complaintId, assigneeId: stage.idOf("priya.nair") }),
      },
      {
        days: 5,
        act: answerByMail(
          "We listened to the call, and you are right: the agent should have stopped. We will not call you again.",
        ),
      },
    ],
  },
  {
    key: "promised",
    daysBeforeEnd: 6,
    source: "agent",
    text: "He wants to know who gave the bank his number, and why it is called so often.",
    refusesCalls: false,
    steps: [
      {
        days: 1,
        act: ({ officer, complaintId, stage }) =>
          moveDeadline(officer, {
            complaintId,
            dueOn: new Date(stage.end.getTime() + DAY_MS).toISOString().slice(0, 10),
            reason: "Promised on the phone.",
          }),
      },
    ],
  },
  {
    key: "new",
    daysBeforeEnd: 0.2,
    source: "page",
    text: "Who gave you my number?",
    refusesCalls: false,
    steps: [],
  },
];

/** Ids of the complaints by their keys, once they are filed. */
export type FiledComplaints = Map<string, ComplaintId>;

/** Lists the scenes of the complaints: each is filed about a call before it, and handled in the days after. */
export function listComplaintScenes(
  stage: Stage,
  findCall: (before: Date) => Promise<KnownCall>,
  filed: FiledComplaints,
): Scene[] {
  return cases.flatMap(({ steps, ...complaint }) => {
    const at = new Date(stage.end.getTime() - complaint.daysBeforeEnd * DAY_MS);
    const officer = stage.as("officer");
    return [
      {
        at,
        tell: async () => {
          filed.set(complaint.key, await file(stage, complaint, await findCall(at), at));
        },
      },
      ...steps.map(({ days, act }) => ({
        at: new Date(at.getTime() + days * DAY_MS),
        tell: async () => {
          const complaintId = filed.get(complaint.key);
          if (complaintId !== undefined) await act({ stage, officer, complaintId });
        },
      })),
    ];
  });
}

const OHIO = "Attorney General of Ohio";

async function file(
  stage: Stage,
  { source, text, refusesCalls }: Omit<Case, "steps">,
  { phone, phoneId, at }: KnownCall,
  receivedAt: Date,
): Promise<ComplaintId> {
  const officer = stage.as("officer");
  if (source === "page") {
    const person = { ...officer, actor: { type: "person", phoneId } as const };
    return requireId(await makeComplaint(person, MakeComplaint.parse({ text, refusesCalls })));
  }
  const answerBy = new Date(receivedAt.getTime() + 20 * DAY_MS).toISOString().slice(0, 10);
  return requireId(
    await fileComplaint(source === "agent" ? stage.as("dana.brooks") : officer, {
      phone,
      source,
      text,
      refusesCalls,
      called: { at },
      ...(source === "regulator" && {
        regulator: { authority: OHIO, reference: "2026-118", answerBy },
      }),
    }),
  );
}

function requireId({ id }: { id?: ComplaintId }): ComplaintId {
  if (id === undefined) throw new Error("a complaint of the story was not filed");
  return id;
}
