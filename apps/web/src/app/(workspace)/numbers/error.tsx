"use client";
export { CannotCheck as default } from "@/features/people/number/cannot-check";
