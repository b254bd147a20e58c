package org.opensearch.ralm.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** MurmurHash3_x86_32 with seed 0 (Austin Appleby, public domain): cheap, and every bit of the input moves every bit. */
public final class Murmur3 {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Murmur3() {}

    /** The 32 bits of the hash. */
    public static int hash(byte[] bytes) {
        int hash = 0;
        int tail = bytes.length & ~3;
        for (int at = 0; at < tail; at += 4) {
            hash = Integer.rotateLeft(hash ^ mixed((int) INT.get(bytes, at)), 13) * 5 + 0xe6546b64;
        }
        int rest = 0;
        for (int at = bytes.length - 1; at >= tail; at--) {
            rest = rest << 8 | bytes[at] & 0xff;
        }
        return avalanche(hash ^ mixed(rest) ^ bytes.length);
    }

    /**
     * One of so many equal shares, from 0, into which texts fall by their UTF-8 bytes: the hash, taken as unsigned,
     * modulo their number.
     */
    public static int share(String text, int shares) {
        return Integer.remainderUnsigned(hash(text.getBytes(StandardCharsets.UTF_8)), shares);
    }

    private static int mixed(int word) {
        return Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
    }

    private static int avalanche(int hash) {
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }
}
