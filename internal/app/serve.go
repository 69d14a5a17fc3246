package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"freehold/internal/api"
	"freehold/internal/kit/db"
	"freehold/internal/web"
)

// Handler is the whole site: pages, API and what machines ask for.
func (a *App) Handler(pages *web.Server) http.Handler {
	mux := http.NewServeMux()
	programs := api.Config{DB: a.DB, Log: a.Log, Rails: a.Rails, Vault: a.Vault, Files: a.Files, Seal: a.Seal, Issuer: a.Issuer, Demo: pages.Demo != nil, Advance: pages.Advance}
	mux.Handle("/api/", api.Handler(programs))
	mux.Handle("POST /demo/clock", forPrograms(api.DemoClock(programs), pages.Handler()))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", a.ready)
	mux.Handle("GET /metrics", metrics(a.DB))
	mux.Handle("/", pages.Handler())
	return forwarded(a.Proxies, mux)
}

// Pages are the pages of the market, for those who add to them: a demonstration, say.
func (a *App) Pages() *web.Server {
	return &web.Server{DB: a.DB, Log: a.Log, Files: a.Files, Rails: a.Rails, Vault: a.Vault, Seal: a.Seal, Keeper: a.Keeper, Issuer: a.Issuer}
}

// forPrograms sends requests in JSON to one handler and those of forms to another.
func forPrograms(programs, people http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			programs.ServeHTTP(w, r)
			return
		}
		people.ServeHTTP(w, r)
	})
}

// ready answers whether people can be served: the database is there.
func (a *App) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := a.DB.Pool.Ping(ctx); err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

func metrics(d *db.DB) http.Handler {
	reg := prometheus.NewRegistry()
	pool := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "freehold_db_" + name, Help: help}, value)
	}
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		pool("connections", "Connections to PostgreSQL.", func() float64 { return float64(d.Pool.Stat().TotalConns()) }),
		pool("connections_busy", "Connections in use.", func() float64 { return float64(d.Pool.Stat().AcquiredConns()) }),
		pool("waits_total", "How often a request waited for a connection.", func() float64 { return float64(d.Pool.Stat().EmptyAcquireCount()) }))
	return promhttp.HandlerFor(reg, promhttp.HandlerOpts{})
}

// reachable is where a browser finds what listens: by the name that was asked
// for, at the port that was given.
func reachable(asked, given string) string {
	host, _, _ := net.SplitHostPort(asked)
	_, port, _ := net.SplitHostPort(given)
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// Serve answers on addr and works the queue until ctx ends; then it lets what
// is under way finish. It calls listening with the address once it answers.
func (a *App) Serve(ctx context.Context, addr string, pages *web.Server, listening func(url string)) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	if a.BaseURL == "" {
		a.BaseURL = "http://" + reachable(addr, listener.Addr().String())
	}
	if err := a.logGoesOn(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	jobs := context.WithoutCancel(ctx) // they end in order, after the pages
	stopJobs, err := a.jobs(jobs)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	stopMail, err := a.takeMail(jobs)
	if err != nil {
		return errors.Join(err, listener.Close(), stopJobs(jobs))
	}
	server := &http.Server{
		Handler:           a.Handler(pages),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute, // files over slow lines
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	listening(a.BaseURL)
	select {
	case err = <-failed:
	case <-ctx.Done():
		grace, cancel := context.WithTimeout(jobs, 10*time.Second)
		defer cancel()
		err = server.Shutdown(grace)
	}
	stop, cancel := context.WithTimeout(jobs, 10*time.Second)
	defer cancel()
	return errors.Join(err, stopMail(), stopJobs(stop))
}
