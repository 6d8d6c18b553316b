"use client";
import { type ComplaintId, type ComplaintTaskId, MemberId } from "@ringfence/core/ids";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionButton } from "@/components/action-button";
import { Button } from "@/components/buttons";
import { Field, Input, Select, Textarea } from "@/components/fields";
import { SubmitForm } from "@/components/save-form";
import { useRefreshed, useShowDone, useShowUndo, useTRPC } from "@/trpc/client";

type HandlingFormsProps = {
  complaintId: ComplaintId;
  assigneeId: MemberId | null;
  assignees: readonly { id: MemberId; name: string }[];
  tasks: readonly Task[];
};

type Task = { id: ComplaintTaskId; title: string; doneAt: Date | null };

/** Assigns an open complaint, keeps its tasks and notes, and moves its deadline. */
export const HandlingForms = ({
  complaintId,
  assigneeId,
  assignees,
  tasks,
}: HandlingFormsProps) => (
  <div className="grid max-w-[32rem] gap-5 pt-3">
    <AssigneeField {...{ complaintId, assigneeId, assignees }} />
    <Tasks complaintId={complaintId} tasks={tasks} />
    <NoteForm complaintId={complaintId} />
    <DeadlineForm complaintId={complaintId} />
  </div>
);

type AssigneeFieldProps = Pick<HandlingFormsProps, "complaintId" | "assigneeId" | "assignees">;

/** Select for the member who handles a complaint. A choice is saved at once. */
function AssigneeField({ complaintId, assigneeId, assignees }: AssigneeFieldProps) {
  const t = useTranslations("complaint");
  const trpc = useTRPC();
  const words = useTranslations("assignment");
  const showUndo = useShowUndo();
  const assign = useMutation(trpc.complaint.assign.mutationOptions(useRefreshed()));
  const assignTo = (chosen: MemberId | null) =>
    assign.mutate(
      { complaintId, assigneeId: chosen },
      {
        onSuccess: () =>
          showUndo(words(chosen ? "assigned" : "unassigned"), () =>
            assign.mutate({ complaintId, assigneeId }),
          ),
      },
    );
  return (
    <Field label={t("assignee")}>
      {(wired) => (
        <Select
          {...wired}
          value={assigneeId ?? ""}
          disabled={assign.isPending}
          onChange={({ currentTarget }) =>
            assignTo(MemberId.safeParse(currentTarget.value).data ?? null)
          }
        >
          <option value="">{t("nobody")}</option>
          {assignees.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

type TasksProps = { complaintId: ComplaintId; tasks: readonly Task[] };

/** Lists the tasks with a button for each open one, and adds another. */
function Tasks({ complaintId, tasks }: TasksProps) {
  const t = useTranslations("complaint");
  const trpc = useTRPC();
  const finish = useMutation(trpc.complaint.finishTask.mutationOptions());
  return (
    <div className="grid gap-2">
      <h3 className="text-base font-semibold">{t("tasks")}</h3>
      <ul>
        {tasks.map(({ id, title, doneAt }) => (
          <li
            key={id}
            className="flex items-start justify-between gap-3 border-b border-line py-1.5"
          >
            <span className={doneAt === null ? "" : "text-muted line-through"}>
              {title === "" ? t("erasedText") : title}
            </span>
            {doneAt === null && (
              <ActionButton
                saving={finish}
                data={{ taskId: id }}
                done={t("taskDone")}
                label={t("finishTask", { task: title })}
              >
                {t("finish")}
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      <TaskForm complaintId={complaintId} />
    </div>
  );
}

type FormProps = { complaintId: ComplaintId };

function TaskForm({ complaintId }: FormProps) {
  const t = useTranslations("complaint");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const [title, setTitle] = useState("");
  const add = useMutation(
    trpc.complaint.addTask.mutationOptions({
      onSuccess: () => {
        setTitle("");
        showDone(t("taskAdded"));
      },
    }),
  );
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate({ complaintId, title });
      }}
    >
      <div className="flex-1">
        <Field label={t("newTask")} fault={add.error?.message}>
          {(wired) => (
            <Input
              {...wired}
              value={title}
              maxLength={500}
              required
              onChange={({ currentTarget }) => setTitle(currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" busy={add.isPending && t("saving")}>
        {t("addTask")}
      </Button>
    </form>
  );
}

function NoteForm({ complaintId }: FormProps) {
  const t = useTranslations("complaint");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const [text, setText] = useState("");
  const note = useMutation(
    trpc.complaint.note.mutationOptions({
      onSuccess: () => {
        setText("");
        showDone(t("noted"));
      },
    }),
  );
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        note.mutate({ complaintId, text });
      }}
    >
      <Field label={t("note")} hint={t("noteHint")} fault={note.error?.message}>
        {(wired) => (
          <Textarea
            {...wired}
            value={text}
            maxLength={10_000}
            required
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        )}
      </Field>
      <div>
        <Button type="submit" busy={note.isPending && t("saving")}>
          {t("addNote")}
        </Button>
      </div>
    </form>
  );
}

function DeadlineForm({ complaintId }: FormProps) {
  const t = useTranslations("complaint");
  const trpc = useTRPC();
  const showDone = useShowDone();
  const [dueOn, setDueOn] = useState("");
  const [reason, setReason] = useState("");
  const move = useMutation(
    trpc.complaint.moveDeadline.mutationOptions({
      onSuccess: () => {
        setDueOn("");
        setReason("");
        showDone(t("deadlineMoved"));
      },
    }),
  );
  return (
    <details>
      <summary>{t("moveDeadline")}</summary>
      <SubmitForm
        className="grid gap-3 pt-2"
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate({ complaintId, dueOn, reason });
        }}
        error={move.error?.message}
        submit={t("move")}
        busy={move.isPending && t("saving")}
      >
        <Field label={t("dueOn")}>
          {(wired) => (
            <Input
              {...wired}
              type="date"
              value={dueOn}
              required
              onChange={({ currentTarget }) => setDueOn(currentTarget.value)}
            />
          )}
        </Field>
        <Field label={t("moveReason")} hint={t("moveReasonHint")}>
          {(wired) => (
            <Input
              {...wired}
              value={reason}
              maxLength={2_000}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          )}
        </Field>
      </SubmitForm>
    </details>
  );
}
