"use client";

import type { Message } from "@ringfence/core/platform/message";
import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Banner } from "./banner";
import { Button } from "./buttons";
import { Field, Textarea } from "./fields";
import { MessageText } from "./message-text";

/** Reasons, if any, why the member may not accept or may not answer. */
export type AnswerLimits = {
  /** Reason why the member may not accept: the two officers must be independent of each other. */
  acceptFault: Message | null;
  /** Reason why the member may not answer at all. */
  whyNot: string | undefined;
};

type AcceptOrLeaveProps = AnswerLimits & {
  /** Labels of the two buttons, and the label while an answer is being saved. */
  words: { accept: string; leave: string; answering: string };
  /** Mutation that saves the answer. */
  answer: {
    isPending: boolean;
    variables: { isAccepted: boolean } | undefined;
    error: { message: string } | null;
  };
  onAnswer: (isAccepted: boolean) => void;
  children?: ReactNode;
};

/** Lets a second officer accept what another asked for, or leave things as they are. */
export function AcceptOrLeave({
  words,
  acceptFault,
  whyNot,
  answer,
  onAnswer,
  children,
}: AcceptOrLeaveProps) {
  const pending = answer.isPending ? answer.variables?.isAccepted : undefined;
  return (
    <div className="grid gap-3 pt-3">
      {answer.error && <Banner tone="bad" role="alert" title={answer.error.message} />}
      {children}
      <div className="flex flex-wrap items-start gap-2">
        <Button
          look="primary"
          whyNot={whyNot ?? (acceptFault && <MessageText message={acceptFault} />)}
          busy={pending === true && words.answering}
          onClick={() => onAnswer(true)}
        >
          {words.accept}
        </Button>
        {whyNot === undefined && (
          <Button busy={pending === false && words.answering} onClick={() => onAnswer(false)}>
            {words.leave}
          </Button>
        )}
      </div>
    </div>
  );
}

type RequestReasonProps = {
  label: string;
  hint: string;
  /** Says that the reason is missing. */
  fault: string | undefined;
  /** Registration of the field with its form. */
  input: UseFormRegisterReturn;
};

/** Field for the reason of a request to another officer. */
export const RequestReason = ({ label, hint, fault, input }: RequestReasonProps) => (
  <Field label={label} hint={hint} fault={fault}>
    {(wired) => <Textarea {...wired} maxLength={2_000} {...input} />}
  </Field>
);

/** Rule of a form for a text that must not be empty. */
export const NOT_EMPTY = { validate: (text: string) => text.trim() !== "" };
