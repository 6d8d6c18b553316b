import { z } from "zod";
import { said } from "../message/index.ts";
import { storableText } from "./storable-text.ts";

/** What something is called by those who work with it. */
export const Name = storableText(100).pipe(z.string().min(1, said("fault.name-missing")));
