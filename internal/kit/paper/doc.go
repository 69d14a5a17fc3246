// Package paper is documents that outlive us: laid out as PDF, with the exact
// files inside, and sealed.
//
// A Document is rendered by Render and sealed by Seal. The seal is a PAdES
// signature (ETSI EN 319 142-1, level B-B) over the whole file, which any reader
// of PDF can check; Open checks it without asking anybody, and takes the files
// out again.
package paper
