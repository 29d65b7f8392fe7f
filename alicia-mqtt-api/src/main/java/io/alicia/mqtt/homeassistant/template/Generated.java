package io.alicia.mqtt.homeassistant.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What Python gives out one by one and only once: what {@code map}, {@code select}, {@code zip} and the like give. It can
 * neither be printed nor counted, and what nobody takes is not evaluated.
 */
final class Generated {

    /** Longer ones come of a mistake or of malice. */
    static final int LONGEST = 10_000;

    private final Iterator<Object> left;

    private Generated(Iterator<Object> left) {
        this.left = left;
    }

    static Generated of(List<Object> elements) {
        return new Generated(elements.iterator());
    }

    static Generated mapped(Object source, Function<Object, Object> mapping) {
        Iterator<Object> elements = iterator(source);
        return new Generated(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return elements.hasNext();
            }

            @Override
            public Object next() {
                return mapping.apply(elements.next());
            }
        });
    }

    static Generated selected(Object source, Predicate<Object> wanted) {
        Iterator<Object> elements = iterator(source);
        return new Generated(new Iterator<>() {
            private final List<Object> next = new ArrayList<>(1);

            @Override
            public boolean hasNext() {
                while (next.isEmpty() && elements.hasNext()) {
                    Object element = elements.next();
                    if (wanted.test(element)) {
                        next.add(element);
                    }
                }
                return !next.isEmpty();
            }

            @Override
            public Object next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return next.remove(0);
            }
        });
    }

    private static Iterator<Object> iterator(Object source) {
        return source instanceof Generated generated
                ? generated.left
                : Values.elements(source).iterator();
    }

    boolean hasNext() {
        return left.hasNext();
    }

    Object next() {
        return left.next();
    }

    /** All that is left; nothing is left afterwards. */
    List<Object> rest() {
        List<Object> rest = new ArrayList<>();
        while (left.hasNext()) {
            if (rest.size() == LONGEST) {
                throw new CannotEvaluateException("it goes through more than " + LONGEST + " elements");
            }
            rest.add(left.next());
        }
        return rest;
    }
}
