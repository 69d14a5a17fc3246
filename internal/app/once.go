package app

import "sync"

// once is something that is made when it is first needed, and kept. What could not be
// made is tried again.
type once[T any] struct {
	mu   sync.Mutex
	it   T
	made bool
}

func (o *once[T]) get(open func() (T, error)) (T, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.made {
		return o.it, nil
	}
	it, err := open()
	if err != nil {
		return it, err
	}
	o.it, o.made = it, true
	return it, nil
}
