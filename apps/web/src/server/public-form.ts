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

/** What a page of the public is of, or 404. */
export async function orNotFound<T>(asked: () => Promise<T>): Promise<T> {
  try {
    return await asked();
  } catch (error) {
    if (error instanceof ServiceError && error.code !== "invalid") notFound();
    throw error;
  }
}

/** On behalf of whoever fills in the form of an address. */
export const formAt = (address: string) => createFormContext(installation(), address);

/** A form as its own page shows it. One that is printed or read out has another page. */
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

/** A form as it was printed or read out; the latest version where none is named. */
export const printedForm = cache((address: string, version: number | null) =>
  orNotFound(async () => readPrintedForm(formAt(address), version)),
);

/** A form that is about to be shown, with the token to send it once. */
export const openForm = (address: string, describe: (form: ShownForm) => HostedPage) =>
  orNotFound(async () => openHostedForm(formAt(address), describe));

/** On behalf of the person who has a link that we sent. */
export const answering = (link: string) => orNotFound(() => openConfirmation(installation(), link));
