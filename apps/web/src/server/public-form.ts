import "server-only";
import type { HostedPage } from "@ringfence/core/consents/capture-form";
import {
  createFormContext,
  openHostedForm,
  readHostedForm,
  readPrintedForm,
  type ShownForm,
} from "@ringfence/services/consents/capture-form";
import { openConfirmation } from "@ringfence/services/consents/confirmation";
import { ServiceError } from "@ringfence/services/errors";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { installation } from "./db";

/** Awaits the subject of a public page, or answers 404. */
export async function orNotFound<T>(asked: () => Promise<T>): Promise<T> {
  try {
    return await asked();
  } catch (error) {
    if (error instanceof ServiceError && error.code !== "invalid") notFound();
    throw error;
  }
}

/** Context of the person who fills in the form at an address. */
export const formAt = (address: string) => createFormContext(installation(), address);

/** Reads a form for its hosted page. A form that is printed or read out has a page of its own. */
export const hostedForm = cache((address: string) =>
  orNotFound(async () => {
    try {
      return await readHostedForm(formAt(address));
    } catch (error) {
      const isPrinted =
        error instanceof ServiceError && error.explanation.key === "form.not-on-page";
      if (isPrinted) redirect(`/f/${address}/paper`);
      throw error;
    }
  }),
);

/** Reads a form as it was printed or read out, by default in its latest version. */
export const printedForm = cache((address: string, version: number | null) =>
  orNotFound(async () => readPrintedForm(formAt(address), version)),
);

/** Opens a form with a token to send it once. */
export const openForm = (address: string, describe: (form: ShownForm) => HostedPage) =>
  orNotFound(async () => openHostedForm(formAt(address), describe));

/** Opens a confirmation on behalf of the person who has its link. */
export const answering = (link: string) => orNotFound(() => openConfirmation(installation(), link));
