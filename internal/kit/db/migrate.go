package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// Migrations go forward only. A file that has shipped is never edited.
//
//go:embed migrations/*.sql
var Migrations embed.FS

const riverSchema = "river"

// Migrate brings the schema up to date, ours and River's. Programs that start
// together wait for one of them to do it.
func (d *DB) Migrate(ctx context.Context) error {
	conn, err := d.Pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	const lock = `hashtextextended('freehold migrate', 0)`
	if _, err := conn.Exec(ctx, `SET statement_timeout = 0; SET lock_timeout = 0; SELECT pg_advisory_lock(`+lock+`)`); err != nil {
		return err
	}
	defer conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock(`+lock+`); RESET statement_timeout; RESET lock_timeout`) //nolint:errcheck // the lock ends with the connection at the latest
	if err := pgx.BeginFunc(ctx, conn, migrateOurs(ctx)); err != nil {
		return err
	}
	river, err := rivermigrate.New(riverpgxv5.New(d.Pool), &rivermigrate.Config{Schema: riverSchema})
	if err != nil {
		return err
	}
	_, err = river.Migrate(ctx, rivermigrate.DirectionUp, nil)
	return err
}

func migrateOurs(ctx context.Context) func(pgx.Tx) error {
	return func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `
			CREATE TABLE IF NOT EXISTS public.migrations (
				name text PRIMARY KEY,
				at   timestamptz NOT NULL DEFAULT now());
			CREATE SCHEMA IF NOT EXISTS `+riverSchema); err != nil {
			return err
		}
		names, err := fs.Glob(Migrations, "migrations/*.sql") // sorted
		if err != nil {
			return err
		}
		for _, name := range names {
			tag, err := tx.Exec(ctx, `INSERT INTO public.migrations (name) VALUES ($1) ON CONFLICT DO NOTHING`, name)
			if err != nil {
				return err
			}
			if tag.RowsAffected() == 0 {
				continue
			}
			sql, err := Migrations.ReadFile(name)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, string(sql)); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	}
}
