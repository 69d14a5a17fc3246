// Package terms is what the operator of a market may set: fees, windows, quotas,
// the answer bond, and the floor below which nobody works.
//
//	shipped ──change──▶ version 2 ──change──▶ version 3 ...
//
// What it promises, and what holds it to that:
//
//  1. A setting that held once can always be looked up: versions are written,
//     never changed. (trigger append_only)
//  2. No setting leaves its bounds; past the default it moves in favour of the
//     weaker side only. (bounds; the same as constraints in the database)
//  3. What somebody has signed or published keeps the terms of that day: who
//     uses them pins them.
//  4. A floor the operator has set is never overwritten by one we ship. (Load)
//  5. A price is held to a floor exactly: conversion is by fractions and rounds
//     up, and no money is ever converted. (rate)
package terms
